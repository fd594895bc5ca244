#include "kiosk/forms/resume.h"

#include <map>

#include "kiosk/forms/answers.h"

namespace foyer {

namespace {

/// More instances than anybody fills in.
constexpr int most_resumed = 1000;

class Resume {
public:
    explicit Resume(FormTree& tree) : tree_(tree) {}

    Result<void> items(const ItemPath& above, const Element& holder) {
        std::map<std::string_view, int> seen;
        for (const Element* item : holder.all("item")) {
            const std::string_view link_id = item->text_of("linkId");
            const int before = seen[link_id]++;
            Instance* instance = TRY(place(above, link_id, before));
            TRY(fill(*instance, *item));
        }
        return {};
    }

private:
    static Error unfit(std::string_view link_id, const std::string& why) {
        std::string shown;
        for (const char c : link_id.substr(0, 60))
            shown += c >= ' ' && c < 0x7f ? c : '?';
        return {Error::Code::bad_input, "the response's item '" + shown + "' " + why};
    }

    Result<Instance*> place(const ItemPath& above, std::string_view link_id,
                            int before) {
        ItemPath path = above;
        path.push_back({std::string(link_id), 0, 1});
        auto first = tree_.at(path);
        if (!first) return tl::unexpected(unfit(link_id, "is not in the form"));
        if (before == 0) return *first;
        if ((*first)->item->multiplies()) {
            if (before >= most_resumed)
                return tl::unexpected(unfit(link_id, "stands there too often"));
            path.back().index = before;
            if (auto there = tree_.at(path)) return *there;
            path.back().index = before - 1;
            auto last = tree_.at(path);
            if (!last) return tl::unexpected(unfit(link_id, "is not in the form"));
            return &tree_.add_after(**last);
        }
        path.back().nth = before + 1;
        if (auto there = tree_.at(path)) return *there;
        return tl::unexpected(unfit(link_id, "stands there twice and does not repeat"));
    }

    Result<void> fill(Instance& instance, const Element& item) {
        const std::string_view link_id = item.text_of("linkId");
        ItemPath path = tree_.path_of(instance);
        if (instance.item->is_group()) return items(path, item);
        if (!instance.item->is_question()) return {};
        constexpr std::string_view absent =
            "http://hl7.org/fhir/StructureDefinition/data-absent-reason";
        if (const Element* reason = item.extension(absent))
            instance.declined = value_of(*reason).value != nullptr;
        if (instance.declined && instance.item->calculated) instance.user_edited = true;
        auto home = std::make_unique<Elements>();
        std::vector<FormValue> values;
        const AnswerContext context{instance, {}, std::chrono::minutes(0)};
        for (const Element* answer : item.all("answer")) {
            const FormValue given = value_of(*answer);
            if (!given.value) continue;
            auto read = read_answer(context, value_json(given), *home);
            if (!read)
                return tl::unexpected(
                    unfit(link_id,
                          "has an answer that does not fit: " + read.error().message));
            if (!read->value) continue;
            read->type = home->keep(read->type);
            values.push_back(*read);
        }
        if (values.size() > 1 && !instance.item->repeats)
            return tl::unexpected(unfit(link_id, "has several answers"));
        tree_.put(instance, std::move(values), std::move(home));
        int slot = 0;
        for (const Element* answer : item.all("answer")) {
            path.back().index = slot++;
            if (!answer->all("item").empty()) TRY(items(path, *answer));
        }
        // R4 puts the items of a question into its answers; some writers do not.
        path.back().index = 0;
        if (!item.all("item").empty()) TRY(items(path, item));
        return {};
    }

    FormTree& tree_;
};

}  // namespace

Result<void> resume(FormTree& tree, const Element& response) {
    return Resume(tree).items({}, response);
}

}  // namespace foyer
