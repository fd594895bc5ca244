#include <algorithm>

#include "sync/clinic/site_section.h"
#include "sync/clinic/site_sections.h"

namespace foyer::site_file {

namespace {

using std::chrono::minutes;

std::optional<ClassRule::Kind> class_kind(const Value& node) {
    using Kind = ClassRule::Kind;
    const auto kind = node.as_text();
    if (kind == "yoga") return Kind::yoga;
    if (kind == "mindfulness") return Kind::mindfulness;
    if (kind == "art") return Kind::art;
    if (kind == "music") return Kind::music;
    if (kind == "movement") return Kind::movement;
    if (kind == "other") return Kind::other;
    return std::nullopt;
}

}  // namespace

Result<void> read_class(Section section, Site& into) {
    constexpr int day = 24 * 60;
    ClassRule rule;
    TRY(section.take("schedule", rule.schedule,
                     R"(a Schedule's id without "Schedule/", as "yoga")",
                     text(fhir_id)));
    TRY(section.take("title", rule.title,
                     R"(the words by language, { en = "Yoga", es = "Yoga" })", words));
    TRY(section.take("kind", rule.kind,
                     R"("yoga", "mindfulness", "art", "music", "movement" or "other")",
                     class_kind));
    TRY(section.take("programs", rule.programs,
                     R"(what its patients come for, as ["php", "iop"])",
                     list(service_named)));
    TRY(section.take("hidden", rule.hidden, "true or false", flag));
    TRY(section.take("waiver", rule.waiver,
                     R"(a form's address or the last part of it, as "yoga-waiver")",
                     text(one_line)));
    TRY(section.take("waiver_days", rule.waiver_lasts, "days from 1 to 3650",
                     duration<std::chrono::days>(1, 3650)));
    TRY(section.take("opens_before", rule.opens_before, "minutes from 0 to 1440",
                     duration<minutes>(0, day)));
    TRY(section.take("late_after", rule.late_after, "minutes from 0 to 1440",
                     duration<minutes>(0, day)));
    TRY(section.take("release_after", rule.release_after,
                     "minutes from 0 (never) to 1440", duration<minutes>(0, day)));
    TRY(section.take("walk_ins", rule.walk_ins, "true or false", flag));
    TRY(section.take("offer_minutes", rule.offer_lasts, "minutes from 15 to 10080",
                     duration<minutes>(15, 7 * day)));
    TRY(section.finish());
    if (rule.schedule.empty()) return section.refuse(R"(write schedule = "...")");
    if (std::ranges::count(into.classes, rule.schedule, &ClassRule::schedule) > 0)
        return section.refuse("schedule: write each one once");
    into.classes.push_back(std::move(rule));
    return {};
}

namespace {

std::optional<DayBlock::Kind> block_kind(const Value& node) {
    using Kind = DayBlock::Kind;
    const auto kind = node.as_text();
    if (kind == "service") return Kind::service;
    if (kind == "lunch") return Kind::lunch;
    if (kind == "transit") return Kind::transit;
    if (kind == "recreation") return Kind::recreation;
    if (kind == "wellness") return Kind::wellness;
    return std::nullopt;
}

std::optional<minutes> wall_clock(const Value& node) {
    const auto time = node.as_text();
    return time ? time_of_day(*time) : std::nullopt;
}

Result<DayBlock> read_block(Section section) {
    DayBlock block;
    const std::string time = R"(a time of the day, as "12:00")";
    TRY(section.take("from", block.from, time, wall_clock));
    TRY(section.take("to", block.to, time, wall_clock));
    TRY(section.take("kind", block.kind,
                     R"("service", "lunch", "transit", "recreation" or "wellness")",
                     block_kind));
    TRY(section.finish());
    if (block.from >= block.to)
        return section.refuse("write from and to, the earlier one first");
    return block;
}

/// What no single key shows.
Result<void> check_program(const Section& section, const ProgramRule& rule) {
    if (rule.hours_max > 0 && rule.hours_max < rule.hours_min)
        return section.refuse("hours_max: write no less than hours_min, or 0");
    for (std::size_t i = 1; i < rule.blocks.size(); ++i)
        if (rule.blocks[i].from < rule.blocks[i - 1].to)
            return section.refuse("block: write the blocks in order and apart");
    return {};
}

}  // namespace

Result<void> read_programs(Section programs, Site& into) {
    for (const Service program : {Service::php, Service::iop}) {
        auto section = TRY(programs.section(code(program)));
        if (!section.present()) continue;
        ProgramRule rule = default_program_rule(program);
        constexpr int week = 7 * 24, year = 366;
        TRY(section.take("hours_min", rule.hours_min, "hours a week, or 0 for none",
                         whole(0, week)));
        TRY(section.take("hours_max", rule.hours_max, "hours a week, or 0 for none",
                         whole(0, week)));
        TRY(section.take("recertified_on_day", rule.recertified_on_day,
                         "a day of the program, or 0 for none", whole(0, year)));
        TRY(section.take("recertified_every", rule.recertified_every,
                         "days from 1 to 366, or 0 for never", whole(0, year)));
        TRY(section.take("days", rule.days, "days of a course, or 0 if it varies",
                         whole(0, year)));
        const auto blocks = TRY(section.sections("block"));
        for (const auto& block : blocks) rule.blocks.push_back(TRY(read_block(block)));
        TRY(section.finish());
        TRY(check_program(section, rule));
        into.programs[program] = rule;
    }
    return programs.finish();
}

}  // namespace foyer::site_file
