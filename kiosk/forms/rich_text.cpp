#include "kiosk/forms/rich_text.h"

#include <cmark.h>
#include <gumbo.h>

#include <algorithm>
#include <array>
#include <cstdlib>

namespace foyer {

namespace {

/// Longer texts are cut: a screen is no book.
constexpr std::size_t most_bytes = 64u << 10;
constexpr unsigned deepest = 400;

bool is_block(GumboTag tag) {
    constexpr std::array blocks = {
        GUMBO_TAG_P,  GUMBO_TAG_DIV, GUMBO_TAG_UL, GUMBO_TAG_OL,    GUMBO_TAG_LI,
        GUMBO_TAG_H1, GUMBO_TAG_H2,  GUMBO_TAG_H3, GUMBO_TAG_H4,    GUMBO_TAG_TR,
        GUMBO_TAG_H5, GUMBO_TAG_H6,  GUMBO_TAG_BR, GUMBO_TAG_TABLE,
    };
    return std::find(blocks.begin(), blocks.end(), tag) != blocks.end();
}

bool is_silent(GumboTag tag) {
    constexpr std::array silent = {
        GUMBO_TAG_SCRIPT, GUMBO_TAG_STYLE,    GUMBO_TAG_HEAD,   GUMBO_TAG_IFRAME,
        GUMBO_TAG_OBJECT, GUMBO_TAG_TEMPLATE, GUMBO_TAG_TITLE,  GUMBO_TAG_NOSCRIPT,
        GUMBO_TAG_SVG,    GUMBO_TAG_MATH,     GUMBO_TAG_BUTTON, GUMBO_TAG_TEXTAREA,
    };
    return std::find(silent.begin(), silent.end(), tag) != silent.end();
}

void new_line(std::string& out) {
    while (!out.empty() && out.back() == ' ') out.pop_back();
    if (!out.empty() && out.back() != '\n') out += '\n';
}

void add_text(std::string_view text, std::string& out) {
    for (const char c : text) {
        const bool space = c == ' ' || c == '\n' || c == '\t' || c == '\r';
        if (!space) {
            out += c;
        } else if (!out.empty() && out.back() != ' ' && out.back() != '\n') {
            out += ' ';
        }
    }
}

void add(const GumboNode& node, unsigned depth, std::string& out) {
    if (depth > deepest || out.size() > most_bytes) return;
    if (node.type == GUMBO_NODE_TEXT || node.type == GUMBO_NODE_WHITESPACE)
        return add_text(node.v.text.text, out);
    if (node.type != GUMBO_NODE_ELEMENT) return;
    const GumboElement& element = node.v.element;
    if (is_silent(element.tag)) return;
    const bool block = is_block(element.tag);
    if (block) new_line(out);
    if (element.tag == GUMBO_TAG_LI) out += "\u2022 ";
    for (unsigned i = 0; i < element.children.length; ++i)
        add(*static_cast<const GumboNode*>(element.children.data[i]), depth + 1, out);
    if (block) new_line(out);
}

}  // namespace

std::string plain_of_xhtml(std::string_view xhtml) {
    xhtml = xhtml.substr(0, most_bytes);
    GumboOptions options = kGumboDefaultOptions;
    options.max_errors = 0;
    GumboOutput* parsed =
        gumbo_parse_with_options(&options, xhtml.data(), xhtml.size());
    if (!parsed) return {};
    std::string out;
    add(*parsed->root, 0, out);
    gumbo_destroy_output(&options, parsed);
    while (!out.empty() && (out.back() == '\n' || out.back() == ' ')) out.pop_back();
    return out;
}

std::string plain_of_markdown(std::string_view markdown) {
    markdown = markdown.substr(0, most_bytes);
    char* html =
        cmark_markdown_to_html(markdown.data(), markdown.size(), CMARK_OPT_DEFAULT);
    if (!html) return {};
    std::string out = plain_of_xhtml(html);
    std::free(html);
    return out;
}

}  // namespace foyer
