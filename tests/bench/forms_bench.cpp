#include <benchmark/benchmark.h>
#include <cstdlib>
#include <fstream>

#include "kiosk/forms/questionnaire.h"
#include "kiosk/forms/session.h"
#include "tests/bench/benches.h"
#include "tests/bench/forms.h"
#include "tests/bench/spread.h"

namespace foyer {
namespace {

struct Work {
    const char* name;
    std::string form;
    std::string asked, total;  ///< linkIds: the question answered, what follows from it
};

const std::vector<Work>& works() {
    static const std::vector<Work> all = {
        {"phq9", bench::phq9_form(), "phq9-5", "phq9-total"},
        {"500_items", bench::large_form(500, 0), "q250", "total"},
        {"5000_items_500_expressions", bench::large_form(5000, 500), "q2505", "t250"},
    };
    return all;
}

FormSession session_of(const std::string& json) {
    FormSession::Options options;
    options.now = Instant(std::chrono::hours(500'000));
    return *FormSession::start(*Questionnaire::read(json), nullptr, std::move(options));
}

void load(benchmark::State& state, const Work& work) {
    for (auto _ : state) benchmark::DoNotOptimize(Questionnaire::read(work.form));
}

/// From the form, already read, to everything that the first screen needs.
void first_item(benchmark::State& state, const Work& work) {
    const auto form = *Questionnaire::read(work.form);
    for (auto _ : state) {
        const auto session = FormSession::start(form, nullptr, {});
        benchmark::DoNotOptimize(session->items().front());
    }
}

/// Every question answered, then one changed to and fro; what follows is computed.
void answer(benchmark::State& state, const Work& work) {
    auto session = session_of(work.form);
    std::vector<std::string> options;
    ItemPath asked;
    for (const ItemState& item : session.items()) {
        const bool number = item.type == ItemType::integer && !item.read_only;
        if (item.options.size() < 4 && !number) continue;
        std::vector<std::string> answers = {"0", "1", "2", "3"};
        for (std::size_t i = 0; i < item.options.size() && i < answers.size(); ++i)
            answers[i] = item.options[i].json;
        if (!session.set(item.path, {answers[1]}))
            return state.SkipWithError("an answer was refused");
        if (item.path.back().link_id != work.asked) continue;
        asked = item.path;
        options = answers;
    }
    const auto total = [&] {
        for (const ItemState& item : session.items())
            if (item.path.back().link_id == work.total)
                return item.answers.empty() ? std::string() : item.answers.front().text;
        return std::string();
    };
    if (options.empty()) return state.SkipWithError("there is no such question");
    const std::string before = total();
    if (!session.set(asked, {options[3]}) || total() == before || total().empty())
        return state.SkipWithError("the total does not follow");
    Spread spread;
    std::size_t next = 0;
    for ([[maybe_unused]] auto _ : state) {
        const std::vector<std::string> values = {options[next++ % options.size()]};
        state.SetIterationTime(
            spread.time([&] { benchmark::DoNotOptimize(session.set(asked, values)); }));
    }
    spread.report(state);
}

/// Files for the peers, who do the same work in the same run (peers/forms.mjs).
void leave_forms() {
    const char* folder = std::getenv("FOYER_BENCH_FORMS");
    if (!folder) return;
    for (const Work& work : works())
        std::ofstream(std::string(folder) + "/" + work.name + ".json") << work.form;
}

}  // namespace

void add_forms() {
    leave_forms();
    using benchmark::RegisterBenchmark;
    for (const Work& work : works()) {
        const std::string name = work.name;
        RegisterBenchmark(("form_load/" + name).c_str(), [&work](
                                                             benchmark::State& state) {
            load(state, work);
        })->Unit(benchmark::kMicrosecond);
        RegisterBenchmark(("form_first_item/" + name).c_str(),
                          [&work](benchmark::State& state) { first_item(state, work); })
            ->Unit(benchmark::kMicrosecond);
        RegisterBenchmark(("form_answer/" + name).c_str(),
                          [&work](benchmark::State& state) { answer(state, work); })
            ->UseManualTime()
            ->Unit(benchmark::kMicrosecond);
    }
}

}  // namespace foyer
