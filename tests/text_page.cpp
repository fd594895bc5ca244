// Draws a page of text samples and says what each costs. For people who change
// kiosk/ui/text*: `text_page PICTURE.png`, then look at the picture. Not shipped.
#include <chrono>
#include <cstdio>
#include <fstream>
#include <string>

#include "kiosk/ui/text.h"
#include "platform/window.h"

namespace {

using namespace foyer;
using Timer = std::chrono::steady_clock;

double milliseconds_since(Timer::time_point start) {
    return std::chrono::duration<double, std::milli>(Timer::now() - start).count();
}

long resident_kilobytes() {
    long size = 0;
    long resident = 0;
    std::ifstream("/proc/self/statm") >> size >> resident;
    return resident * 4;
}

void draw(Canvas& canvas, const TextBlock& block, float x, float y,
          std::uint32_t rgba) {
    const float left = x + block.ink_x;
    const float top = y + block.ink_y;
    const float right = left + static_cast<float>(block.ink_width);
    const float bottom = top + static_cast<float>(block.ink_height);
    const Vertex corners[] = {{left, top, 0, 0, rgba},
                              {right, top, 1, 0, rgba},
                              {right, bottom, 1, 1, rgba},
                              {left, bottom, 0, 1, rgba}};
    const std::uint16_t triangles[] = {0, 1, 2, 0, 2, 3};
    if (block.texture != 0)
        canvas.triangles(block.texture, corners, triangles,
                         {0, 0, canvas.width(), canvas.height()});
}

struct Sample {
    const char* language;
    const char* text;
    TextStyle style;
};

const Sample samples[] = {
    {"en",
     "Welcome.\nWe're glad you're here.",
     {Face::display, 600, 76, 1.1F, Align::start}},
    {"en", "What would you like to do?", {Face::text, 400, 34, 1.3F, Align::start}},
    {"en",
     "Have a slip or a code on your phone?\n**Hold it under the scanner now.** 2 * 3 = "
     "6",
     {Face::text, 400, 32, 1.3F, Align::start}},
    {"es",
     "Necesito ayuda, mañana ¿sí? Línea",
     {Face::text, 500, 28, 1.3F, Align::start}},
    {"ar",
     "مرحباً بكم، كيف يمكننا مساعدتك اليوم؟ ‎Foyer "
     "27 "
     "غرفة "
     "الحديقة",
     {Face::text, 400, 34, 1.4F, Align::start}},
    {"he",
     "ברוכים הבאים, מה תרצו לעשות היום?",
     {Face::text, 600, 34, 1.3F, Align::start}},
    {"hy",
     "Բարի գալուստ, ինչո՞վ կարող ենք օգնել",
     {Face::text, 400, 34, 1.3F, Align::start}},
    {"ko", "환영합니다", {Face::text, 400, 34, 1.3F, Align::start}},
    {"vi",
     "Nguyễn Thị Ánh, Đặng Hữu Phước; Nguye\u0302\u0303n",
     {Face::text, 400, 34, 1.3F, Align::start}},
    {"en", "Emoji 😀 ❤ \xff\xfe bad bytes", {Face::text, 400, 34, 1.3F, Align::start}},
    {"en",
     "Centred, on more than one line so that the ends are seen to differ.",
     {Face::text, 400, 32, 1.3F, Align::center}},
    {"en", "At the end\nof lines", {Face::text, 400, 32, 1.3F, Align::end}},
    {"en", "\uf131\uf133\uf26a\uf150\uf64c", {Face::icon, 400, 72, 1.0F, Align::start}},
    {"en",
     "Yoga, mindfulness, illicit small print, WAVE To. 10:00 AM",
     {Face::text, 400, 20, 1.3F, Align::start}},
    {"en",
     "Wolfeschlegelsteinhausenbergerdorffwelchevoralternwarengewissenhaft",
     {Face::text, 400, 32, 1.3F, Align::start}},
    {"en", "Fern 27", {Face::display, 700, 96, 1.1F, Align::start}},
};

}  // namespace

int main(int count, char** arguments) {
    if (count != 2) return std::fprintf(stderr, "usage: text_page PICTURE.png\n"), 2;
    auto window = Window::in_memory(1080, 1500);
    if (!window) return std::fprintf(stderr, "%s\n", window.error().what.c_str()), 1;
    Canvas& canvas = **window;

    const long before = resident_kilobytes();
    auto start = Timer::now();
    TextEngine engine(canvas);
    std::printf("engine %.2f ms\n", milliseconds_since(start));
    canvas.begin(0xFFECF3F6U);
    float y = 20;
    for (const Sample& sample : samples) {
        engine.set_language(sample.language);
        start = Timer::now();
        const TextBlock& block = engine.layout(sample.text, sample.style, 950);
        const double laid = milliseconds_since(start);
        start = Timer::now();
        engine.drawn(sample.text, sample.style, 950);
        const double drawn = milliseconds_since(start);
        start = Timer::now();
        engine.drawn(sample.text, sample.style, 950);
        const double again = milliseconds_since(start);
        std::printf(
            "%s %d lines %.0f x %.0f cap %.1f%s: layout %.3f, draw %.3f, again %.4f "
            "ms\n",
            sample.language, static_cast<int>(block.lines.size()),
            static_cast<double>(block.width), static_cast<double>(block.height),
            static_cast<double>(block.cap_height),
            block.unknown_glyphs ? " (unknown glyph)" : "", laid, drawn, again);
        draw(canvas, block, block.right_to_left ? 1040 - block.width : 40, y,
             0xFF2C2B1BU);
        y += block.height + 12;
    }
    canvas.end();
    std::printf("resident: %ld KB more\n", resident_kilobytes() - before);
    const auto picture = canvas.read();
    if (!picture) return 1;
    return write_png(*picture, arguments[1]) ? 0 : 1;
}
