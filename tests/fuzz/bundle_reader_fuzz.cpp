// Whatever a file holds, reading it ends, stays in bounds, and tells places that lie in
// the file and messages that a terminal can show.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>

#include "sync/fhir/appointment_reader.h"
#include "sync/fhir/bundle_reader.h"
#include "sync/fhir/json_tree.h"
#include "sync/fhir/patient_reader.h"
#include "sync/fhir/reference.h"

namespace {

using namespace foyer;

void insist(bool holds) {
    if (!holds) std::abort();
}

void check_message(const std::string& text) {
    for (const char c : text) insist(c >= 0x20 && c < 0x7F);
}

class Checks final : public BundleListener {
public:
    explicit Checks(std::size_t size) : size_(std::int64_t(size)) {}

    Result<void> on_resource(const RawResource& raw) override {
        check_place(raw.place);
        insist(raw.json.starts_with('{') && raw.json.ends_with('}'));
        reference_of(raw.full_url);
        const auto parsed = parse_json(raw.json);
        if (!parsed) {
            insist(parsed.error().offset <= raw.json.size() + 1);
            check_message(parsed.error().what);
            return {};
        }
        const auto compact = parse_json(compact_json(raw.json));
        insist(compact && *compact == *parsed);

        using namespace std::chrono;
        const auto patient = read_patient(*parsed, November / 23 / 2026);
        for (const auto& remark : patient.remarks) check_message(remark);
        if (const auto read = read_appointment(*parsed, {})) {
            insist(!read->patients.empty());
            insist(!read->starts || *read->starts < *read->ends);
            for (const auto& remark : read->remarks) check_message(remark);
        } else {
            check_message(read.error());
        }
        return {};
    }
    void on_refused(const FilePlace& place, std::string why) override {
        check_place(place);
        check_message(why);
    }
    void on_broken(const FilePlace& place, std::string why) override {
        check_place(place);
        check_message(why);
    }
    void on_progress(std::int64_t done) override { insist(done <= size_); }

private:
    void check_place(const FilePlace& place) {
        insist(place.offset >= 0 && place.offset <= size_ && place.line >= 1);
        check_message(describe(place));
    }
    std::int64_t size_;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string text(data, data + size);
    for (const auto layout : {foyer::Layout::guess, foyer::Layout::lines}) {
        std::istringstream in(text);
        Checks checks(size);
        insist(foyer::read_bundle(in, layout, checks).has_value());
    }
    return 0;
}
