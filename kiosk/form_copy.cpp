#include "kiosk/form_copy.h"

#include "kiosk/slip_page.h"
#include "kiosk/ui/date_words.h"
#include "kiosk/ui/text_utf8.h"
#include "kiosk/ui/words.h"

namespace foyer {

namespace {

// Sizes in dots, 8 to the millimetre, as on a slip.
constexpr SlipText clinic_name{
    .size = 35, .bold = true, .centred = true, .most_lines = 3};
constexpr SlipText title{.size = 34, .bold = true};
constexpr SlipText body{.size = 28};
constexpr SlipText answer{.size = 28, .bold = true};
constexpr SlipText small{.size = 24};

std::string answers_of(const ItemState& item) {
    std::string all;
    for (const auto& one : item.answers) all += (all.empty() ? "" : ", ") + one.text;
    return all;
}

bool is_private_to_program(const ItemState& item) {
    return item.hidden || (item.calculated && item.read_only);
}

void say(const ItemState& item, const std::string& language, SlipPage& page) {
    if (!item.enabled || is_private_to_program(item)) return;
    if (!item.text.empty())
        page.text(
            one_clean_line((item.prefix.empty() ? "" : item.prefix + " ") + item.text),
            item.type == ItemType::group ? answer : body);
    if (item.declined)
        page.text(translate(language, "copy.declined"), answer);
    else if (item.type == ItemType::attachment && !item.answers.empty())
        page.text(translate(language, "copy.picture"), answer);
    else if (const auto said = answers_of(item); !said.empty())
        page.text(one_clean_line(said), answer);
    page.gap(10);
}

}  // namespace

Result<PrintJob> render_copy(const FormCopy& copy) {
    SlipPage page(copy.language, 1.0);
    page.gap(28);
    page.text(one_clean_line(copy.clinic), clinic_name);
    page.gap(12);
    page.text(one_clean_line(copy.title), title);
    if (!copy.version.empty())
        page.text(translate(copy.language, "copy.version", {{"version", copy.version}}),
                  small);
    page.gap(12);
    page.rule();
    page.gap(20);
    for (const auto& item : copy.items) say(item, copy.language, page);
    page.rule();
    page.gap(20);
    TRY(page.picture(copy.signature_png));
    page.gap(8);
    page.text(translate(copy.language, "copy.signed",
                        {{"date", short_date_words(copy.language, copy.signed_at.day)},
                         {"time", time_words(copy.language, copy.signed_at.minutes)}}),
              small);
    page.gap(28);
    return page.print();
}

}  // namespace foyer
