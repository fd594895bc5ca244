#include "sync/pull/page.h"

#include <nlohmann/json.hpp>
#include <sstream>

#include "sync/clinic/site_time.h"
#include "sync/fhir/json_tree.h"
#include "sync/fhir/reference.h"

namespace foyer {

namespace {

class Collector final : public BundleListener {
public:
    Page page;
    bool broken = false, lone = false;

    Result<void> on_resource(const RawResource& raw) override {
        if (raw.place.entry == 0) lone = true;
        PageResource resource;
        resource.type = raw.type;
        resource.full_url = raw.full_url;
        resource.place = raw.place;
        resource.json = raw.json;
        const auto parsed = parse_json(raw.json);
        if (!parsed) {
            page.refused.push_back(resource.type + ": " + parsed.error().what);
            return {};
        }
        const auto id = text_of(*parsed, "id");
        if (is_fhir_id(id)) resource.id = id;
        if (const auto* meta = object_of(*parsed, "meta")) {
            resource.version = text_of(*meta, "versionId");
            if (const auto at = parse_instant(text_of(*meta, "lastUpdated")))
                resource.updated = *at;
        }
        page.resources.push_back(std::move(resource));
        return {};
    }
    void on_refused(const FilePlace&, std::string why) override {
        page.refused.push_back(std::move(why));
    }
    void on_broken(const FilePlace&, std::string) override { broken = true; }
    void on_progress(std::int64_t) override {}
    void on_link(std::string_view relation, std::string_view url) override {
        if (relation != "next") return;
        const auto text = parse_json("[\"" + std::string(url) + "\"]");
        if (text) page.next = text->at(0).get<std::string>();
    }
};

}  // namespace

Result<Page> read_page(const std::string& body, bool single) {
    Collector collector;
    std::istringstream in(body);
    TRY(read_bundle(in, Layout::guess, collector));
    if (collector.broken || collector.lone != single)
        return fail(Error::Code::bad_input, "the server's answer is no FHIR page");
    return std::move(collector.page);
}

}  // namespace foyer
