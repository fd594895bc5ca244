#include "kiosk/form_samples.h"

#include <utility>

namespace foyer {

namespace {

using Part = FormTyping::Part;

ItemState question(const std::string& link_id, ItemType type, const std::string& text) {
    ItemState item;
    item.path = {{link_id}};
    item.type = type;
    item.text = text;
    item.can_decline = true;
    return item;
}

ItemState display(const std::string& text) {
    auto item = question("text", ItemType::display, text);
    item.can_decline = false;
    return item;
}

OptionState option(const std::string& text, bool chosen = false,
                   bool exclusive = false) {
    OptionState made;
    made.json = R"({"valueCoding":{"display":")" + text + R"("}})";
    made.text = text;
    made.exclusive = exclusive;
    made.chosen = chosen;
    return made;
}

/// An answer in the form that only its own item reads back.
ItemState answered(ItemState item, const std::string& json, const std::string& text) {
    item.answers = {{json, text}};
    return item;
}

ItemState how_often(const std::string& link_id, const std::string& text,
                    int chosen = -1) {
    auto item = question(link_id, ItemType::choice, text);
    item.options = {option("Not at all"), option("Several days"),
                    option("More than half the days"), option("Nearly every day")};
    if (chosen >= 0) item.options[std::size_t(chosen)].chosen = true;
    return item;
}

FormPage page_of(std::vector<ItemState> items) {
    FormPage page;
    page.title = "How you have been feeling";
    page.section = page.title;
    page.number = page.section_number = 2;
    page.of = page.section_of = 9;
    page.minutes_left = 2;
    page.items = std::move(items);
    return page;
}

FormIssue wrong(const std::string& message) {
    return {FormIssue::Severity::error, "max-value", {}, message};
}

const char* over_two_weeks() {
    return "Over the last 2 weeks, how often have you been bothered by";
}

/// A group first: the questions stand in it.
std::vector<ItemState> group_of(ItemState group, std::vector<ItemState> questions) {
    group.can_decline = false;
    std::vector<ItemState> all{std::move(group)};
    for (auto& item : questions) {
        item.parent = 0;
        item.path.insert(item.path.begin(), all[0].path[0]);
        all.push_back(std::move(item));
    }
    return all;
}

ItemState single_choice() {
    return how_often("phq9-2", "Feeling down, depressed, or hopeless", 1);
}

ItemState any_of_several() {
    auto item = question("help", ItemType::choice, "What has helped you before?");
    item.repeats = true;
    item.options = {option("Talking with somebody", true), option("Medicine"),
                    option("Being outside", true), option("Music or art"),
                    option("Nothing so far", false, true)};
    return item;
}

ItemState something_else() {
    auto item = question("live", ItemType::open_choice, "Who do you live with?");
    item.options = {option("Alone"), option("With family"), option("With friends")};
    item.open_label = "Somebody else";
    return item;
}

ItemState states() {
    auto item = question("state", ItemType::choice, "Which state do you live in?");
    item.control = ItemControl::autocomplete;
    for (const char* name :
         {"Alabama",     "Alaska",         "Arizona",     "Arkansas",  "California",
          "Colorado",    "Connecticut",    "Delaware",    "Florida",   "Georgia",
          "Hawaii",      "Idaho",          "Illinois",    "Indiana",   "Iowa",
          "Kansas",      "Kentucky",       "Louisiana",   "Maine",     "Maryland",
          "Michigan",    "Minnesota",      "Mississippi", "Missouri",  "Montana",
          "New Mexico",  "North Carolina", "Ohio",        "Oklahoma",  "Oregon",
          "Puerto Rico", "Rhode Island",   "Tennessee",   "Texas",     "Utah",
          "Vermont",     "Virginia",       "Washington",  "Wisconsin", "Wyoming"})
        item.options.push_back(option(name, name == std::string_view("Ohio")));
    return item;
}

ItemState weight() {
    auto item = question("weight", ItemType::quantity, "How much do you weigh?");
    item.units = {option("kg"), option("lb")};
    return item;
}

ItemState slider(bool set) {
    auto item =
        question("pain", ItemType::integer, "How strong is your pain right now?");
    item.control = ItemControl::slider;
    item.min_value = "0";
    item.max_value = "10";
    if (set) item.answers = {{R"({"valueInteger":4})", "4"}};
    return item;
}

std::vector<ItemState> grid() {
    auto group = question("grid", ItemType::group, over_two_weeks());
    group.control = ItemControl::grid;
    return group_of(group,
                    {how_often("1", "Little interest or pleasure in doing things", 0),
                     how_often("2", "Feeling down, depressed, or hopeless", 1),
                     how_often("3",
                               "Trouble falling or staying asleep, or sleeping too "
                               "much"),
                     how_often("4", "Feeling tired or having little energy")});
}

std::vector<ItemState> medicine() {
    auto group = question("meds", ItemType::group, "Medicine");
    group.repeats = group.can_add = group.can_remove = true;
    auto often = question("often", ItemType::choice, "How often do you take it?");
    often.options = {option("Every day", true), option("When I need it")};
    return group_of(
        group, {answered(question("name", ItemType::string, "What is it called?"),
                         R"({"valueString":"Sertraline"})", "Sertraline"),
                question("dose", ItemType::string, "How much do you take?"), often});
}

std::vector<ItemState> consent_text() {
    return {
        display(
            "You can decide whether this clinic may share your health records. "
            "Your care does not depend on your answer, and you can change your mind "
            "later."),
        display("If you agree, we may send your records to other people who treat you, "
                "to your health plan, and to people who help us run the clinic. They "
                "may use them for treatment, payment and health care operations."),
        display(
            "The people who receive your records may share them again where the law "
            "lets them. They may not use them against you in a court case without "
            "your written consent or a court order."),
        display("You can take this consent back at any time, in writing. What was "
                "shared before stays shared. This consent ends one year after you sign "
                "it."),
    };
}

}  // namespace

std::vector<Sample> form_question_samples(const Before& after) {
    std::vector<Sample> list;
    const auto add = [&](const char* name, FormPage page,
                         std::vector<FormTyping> typing = {},
                         bool show_issues = false) {
        FormQuestions screen;
        screen.after = after;
        screen.page = std::move(page);
        screen.typing = std::move(typing);
        screen.show_issues = show_issues;
        list.push_back({std::string("form.") + name, std::move(screen)});
    };
    const auto with_lead = [](FormPage page, const std::string& lead) {
        page.lead = lead;
        return page;
    };

    add("choice", with_lead(page_of({single_choice()}), over_two_weeks()));
    {
        // The official Spanish PHQ-9.
        auto item = single_choice();
        item.text = "Se ha sentido decaído(a), deprimido(a) o sin esperanzas";
        item.options = {option("Ningún día"), option("Varios días", true),
                        option("Más de la mitad de los días"),
                        option("Casi todos los días")};
        auto page = with_lead(page_of({item}),
                              "Durante las últimas 2 semanas, ¿qué tan seguido ha "
                              "tenido molestias debido a los siguientes problemas?");
        page.section = page.title = "Cómo se ha sentido";
        add("choice_es", page);
    }
    {
        auto item = single_choice();
        item.options[1].chosen = false;
        item.declined = true;
        add("declined", with_lead(page_of({item}), over_two_weeks()));
    }
    {
        auto item = single_choice();
        item.options[1].chosen = false;
        item.required = true;
        item.can_decline = false;
        item.issues = {{FormIssue::Severity::error, "required", item.path,
                        "Please choose an answer."}};
        add("required", with_lead(page_of({item}), over_two_weeks()), {}, true);
    }
    add("any", page_of({any_of_several()}));
    {
        auto item = question("agree", ItemType::boolean,
                             "Do you agree that we share your records as described?");
        add("yes_no", page_of({item}));
    }
    add("other", page_of({something_else()}));
    add("other_typed", page_of({something_else()}),
        {{{{"live"}}, 0, Part::other, "My aunt and two cousins"}});
    add("many", page_of({states()}));
    add("many_open", page_of({states()}), {{{{"state"}}, 0, Part::filter, {}}});
    add("many_found", page_of({states()}), {{{{"state"}}, 0, Part::filter, "New"}});
    add("string", page_of({answered(
                      question("called", ItemType::string, "What should we call you?"),
                      R"({"valueString":"Mo"})", "Mo")}));
    add("text",
        page_of({question("changed", ItemType::text,
                          "What has changed since your last visit?")}),
        {{{{"changed"}},
          0,
          Part::value,
          "I sleep better since we changed the dose. The mornings are still hard, and "
          "I worry about going back to work next month."}});
    {
        auto item = question("hours", ItemType::decimal, "How long did you sleep?");
        item.unit = "hours";
        add("number",
            page_of({answered(item, R"({"valueDecimal":6.5})", "6.5 hours")}));
        item.answers = {{R"({"valueDecimal":65})", "65"}};
        item.issues = {wrong("The most is 24 hours.")};
        add("number_wrong", page_of({item}));
    }
    add("quantity", page_of({weight()}),
        {{{{"weight"}}, 0, Part::value, "154"},
         {{{"weight"}}, 0, Part::unit, weight().units[1].json}});
    {
        auto item = question("since", ItemType::date, "When did it begin?");
        item.help = "A guess is fine.";
        add("date", page_of({answered(item, R"({"valueDate":"2026-09-14"})",
                                      "September 14, 2026")}));
        add("date_wrong", page_of({item}), {{{{"since"}}, 0, Part::month, "13"}}, true);
    }
    add("moment", page_of({answered(question("when", ItemType::date_time,
                                             "When did you last take it?"),
                                    R"({"valueDateTime":"2026-11-22T21:30:00-05:00"})",
                                    "November 22, 2026, 9:30 PM")}));
    add("time",
        page_of({answered(question("bed", ItemType::time, "When do you go to bed?"),
                          R"({"valueTime":"22:30:00"})", "10:30 PM")}));
    add("slider", page_of({slider(true)}));
    add("slider_empty", page_of({slider(false)}));
    {
        auto page = page_of(grid());
        page.whole = true;
        add("grid", page);
    }
    {
        auto page = page_of(medicine());
        page.section = page.title = "Medicine 2";
        page.whole = true;
        add("group", page);
    }
    {
        auto item =
            question("allergies", ItemType::string, "What are you allergic to?");
        item.repeats = true;
        item.answers = {{R"({"valueString":"Penicillin"})", "Penicillin"},
                        {R"({"valueString":"Peanuts"})", "Peanuts"}};
        add("texts", page_of({item}));
    }
    {
        auto item =
            question("card", ItemType::attachment,
                     "Please take a photo of the front of your insurance card.");
        add("photo", page_of({item}));
        add("photo_taken", page_of({answered(item, "{}", "Photo")}));
    }
    {
        auto page = page_of(consent_text());
        page.section = page.title = "Sharing your records";
        page.section_of = 0;
        add("consent", page);
    }
    {
        auto known =
            answered(question("name", ItemType::string, "Your plan"),
                     R"({"valueString":"Blue Harbor HMO"})", "Blue Harbor HMO");
        known.read_only = true;
        add("read_only", page_of({known, question("same", ItemType::boolean,
                                                  "Is this still your plan?")}));
    }
    {
        auto page = page_of({single_choice(), slider(true)});
        page.whole = page.can_be_whole = true;
        page.section_number = 1;
        add("whole", page);
    }
    return list;
}

std::vector<Sample> form_review_samples(const Before& after) {
    FormReview screen;
    screen.after = after;
    screen.title = "How you have been feeling";
    screen.lines = {
        {"Little interest or pleasure in doing things", "Not at all", false, false, 0},
        {"Feeling down, depressed, or hopeless", "Several days", false, false, 1},
        {"Trouble falling or staying asleep, or sleeping too much", "", true, false, 2},
        {"Feeling tired or having little energy", "", false, false, 3},
    };
    auto problem = screen;
    problem.can_finish = false;
    problem.lines[3].problem = true;
    auto many = screen;
    many.signature = true;
    for (int i = 0; i < 3; ++i)
        many.lines.insert(many.lines.end(), screen.lines.begin(), screen.lines.end());
    return {{"form_review", screen},
            {"form_review.problem", problem},
            {"form_review.many", many}};
}

std::vector<SignatureStroke> drawn_name() {
    return {{{{0.1F, 0.6F},
              {0.15F, 0.3F},
              {0.2F, 0.65F},
              {0.25F, 0.3F},
              {0.3F, 0.65F},
              {0.36F, 0.5F},
              {0.42F, 0.64F},
              {0.48F, 0.5F},
              {0.56F, 0.62F},
              {0.7F, 0.45F},
              {0.85F, 0.6F}}},
            {{{0.6F, 0.3F}}}};
}

std::vector<Sample> form_sign_samples(const Before& after) {
    FormSign typed;
    typed.after = after;
    typed.title = "Consent to share records";
    typed.name = "Maria Castellano";
    auto empty = typed;
    empty.name.clear();
    auto drawn = typed;
    drawn.draw = true;
    drawn.strokes = drawn_name();
    auto pad = drawn;
    pad.strokes.clear();
    return {{"form_sign", typed},
            {"form_sign.empty", empty},
            {"form_sign.drawn", drawn},
            {"form_sign.pad", pad}};
}

}  // namespace foyer
