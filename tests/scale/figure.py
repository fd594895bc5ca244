#!/usr/bin/env python3
"""Draws what foyer_scale printed: requests a second over a morning, by purpose.

figure.py RESULT.json > docs/sync-scale.svg
"""

import json
import sys

WIDTH, HEIGHT = 960, 440
LEFT, RIGHT, TOP, BOTTOM = 64, 20, 56, 56
# Light to dark also without colours.
COLOURS = {"changes": "#9ecae1", "held": "#4292c6", "seats": "#a1d99b", "rest": "#c9c9c9",
           "push": "#d94801"}
MEANING = {"changes": "what changed", "held": "what is held, read again", "seats": "seats",
           "rest": "other reading", "push": "units sent"}


def text(x, y, words, size=13, anchor="start", more=""):
    return ('<text x="%.1f" y="%.1f" font-size="%d" text-anchor="%s" %s>%s</text>'
            % (x, y, size, anchor, more, words))


def step_of(most):
    for step in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000):
        if most / step <= 8:
            return step
    return 2000


def main():
    result = json.load(open(sys.argv[1], encoding="utf-8"))
    minutes, width_s = result["minutes"], result["series_seconds"]
    # Switching on is no part of the story.
    skip = minutes["warm"] * 60 // width_s
    index = {name: i for i, name in enumerate(result["series_of"])}
    points = result["series"][skip:]
    length = len(points) * width_s / 60
    steady = result["steady"]["requests_a_second"]
    totals = [sum(point[index[name]] for name in COLOURS) for point in points]
    most = max(max(totals), 3 * steady) * 1.08

    def x(minute):
        return LEFT + (WIDTH - LEFT - RIGHT) * minute / length

    def y(rate):
        return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * rate / most

    parts = [
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" '
        'font-family="sans-serif" fill="#222" role="img">' % (WIDTH, HEIGHT),
        "<title>Requests a second of %s kiosks, before, during and after an outage of an "
        "hour</title>" % f"{result['kiosks']:,}",
        '<rect width="100%" height="100%" fill="#fff"/>',
        text(LEFT, 24, "%s kiosks on one backend: requests a second (mean of %d s)"
             % (f"{result['kiosks']:,}", width_s), 16),
    ]
    down = (minutes["steady"], minutes["steady"] + minutes["outage"])
    parts.append('<rect x="%.1f" y="%d" width="%.1f" height="%d" fill="#f2f2f2"/>'
                 % (x(down[0]), TOP, x(down[1]) - x(down[0]), HEIGHT - TOP - BOTTOM))
    parts.append(text((x(down[0]) + x(down[1])) / 2, TOP + 20, "backend down", 13, "middle"))
    rate = 0
    while rate < most:
        parts.append('<line x1="%d" x2="%d" y1="%.1f" y2="%.1f" stroke="#ddd"/>'
                     % (LEFT, WIDTH - RIGHT, y(rate), y(rate)))
        parts.append(text(LEFT - 8, y(rate) + 4, "%g" % rate, 12, "end"))
        rate += step_of(most)
    base = [0.0] * len(points)
    for name, colour in COLOURS.items():
        top = [low + point[index[name]] for low, point in zip(base, points)]
        at = [x((i + 0.5) * width_s / 60) for i in range(len(points))]
        outline = ["%.1f,%.1f" % (px, y(v)) for px, v in zip(at, top)]
        outline += ["%.1f,%.1f" % (px, y(v)) for px, v in reversed(list(zip(at, base)))]
        parts.append('<polygon points="%s" fill="%s"/>' % (" ".join(outline), colour))
        base = top
    for factor, words in ((1, "mean at rest: %.1f" % steady),
                          (3, "three times: %.1f" % (3 * steady))):
        parts.append('<line x1="%d" x2="%d" y1="%.1f" y2="%.1f" stroke="#222" '
                     'stroke-dasharray="%s"/>' % (LEFT, WIDTH - RIGHT, y(factor * steady),
                                                  y(factor * steady), "6 4"))
        parts.append(text((x(down[0]) + x(down[1])) / 2, y(factor * steady) - 6, words, 13,
                          "middle"))
    for minute in range(0, int(length) + 1, 10):
        parts.append(text(x(minute), HEIGHT - BOTTOM + 18, "%d" % minute, 12, "middle"))
    parts.append(text(WIDTH - RIGHT, HEIGHT - BOTTOM + 36, "minutes", 12, "end"))
    place = LEFT
    for name, colour in COLOURS.items():
        parts.append('<rect x="%.1f" y="%d" width="12" height="12" fill="%s"/>'
                     % (place, HEIGHT - BOTTOM + 28, colour))
        parts.append(text(place + 17, HEIGHT - BOTTOM + 38, MEANING[name], 12))
        place += 34 + 6.7 * len(MEANING[name])
    print("\n".join(parts + ["</svg>"]))


main()
