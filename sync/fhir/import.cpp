#include "sync/fhir/import.h"

#include <cerrno>
#include <cstring>
#include <fstream>
#include <optional>

#include "sync/fhir/intake.h"
#include "sync/fhir/limits.h"

namespace foyer {

namespace {

/// One import: its report, its open batch, and the intake of the file being read.
class Import final : public BundleListener, public IntakeListener {
public:
    Import(Store& store, const ImportSettings& settings)
        : store_(store), settings_(settings) {}

    void read(std::istream& in, const std::string& name, Layout layout);
    void unreadable(const std::string& name, std::string why);
    ImportReport finish();

    bool stopped() const { return report_.stopped.has_value(); }
    std::int64_t bytes_before = 0, bytes_total = 0;  ///< of all files, for the progress

    // What the file holds.
    Result<void> on_resource(const RawResource& raw) override;
    void on_refused(const FilePlace& place, std::string why) override;
    void on_broken(const FilePlace& place, std::string why) override;
    void on_progress(std::int64_t bytes_done) override;

    // What becomes of it.
    Result<Store::Batch*> batch() override;
    Result<void> on_taken(const Subject& subject, Taken taken) override;
    void on_refused(const Subject& subject, std::string why) override;
    void on_remark(const Subject& subject, std::string what) override;
    void on_left_out(const Subject& subject, LeftOut why) override;

private:
    void find(Finding::Kind kind, const FilePlace& place, std::string resource,
              std::string what);
    void count_unused(const std::string& type);
    Result<void> commit();

    Store& store_;
    const ImportSettings& settings_;
    ImportReport report_;
    std::string file_;
    std::optional<Intake> intake_;  ///< of the file being read
    std::optional<Store::Batch> batch_;
    int in_batch_ = 0;
};

// --- telling
// ---------------------------------------------------------------------------

void Import::find(Finding::Kind kind, const FilePlace& place, std::string resource,
                  std::string what) {
    auto& count = kind == Finding::Kind::refused  ? report_.refused
                  : kind == Finding::Kind::remark ? report_.remarks
                                                  : report_.unreadable;
    ++count;
    if (report_.findings.size() < import_limits::findings)
        report_.findings.push_back(
            {kind, file_, place, std::move(resource), std::move(what)});
}

void Import::on_refused(const Subject& subject, std::string why) {
    if (!subject.type.empty() && subject.type != "Bundle")
        ++report_.types[subject.type].refused;
    find(Finding::Kind::refused, subject.place, subject.label(), std::move(why));
}

void Import::on_remark(const Subject& subject, std::string what) {
    find(Finding::Kind::remark, subject.place, subject.label(), std::move(what));
}

void Import::on_left_out(const Subject& subject, LeftOut why) {
    switch (why) {
        case LeftOut::unused:
            return count_unused(subject.type);
        case LeftOut::older:
            return;  // a remark has said so
        case LeftOut::outside_window:
            ++report_.outside_window;
            return;
        case LeftOut::without_time:
            ++report_.without_time;
            return;
    }
}

void Import::count_unused(const std::string& type) {
    const bool room = report_.unused.size() < import_limits::unused_kinds ||
                      report_.unused.count(type) > 0;
    ++report_.unused[room ? type : "of other types"];
}

void Import::on_refused(const FilePlace& place, std::string why) {
    find(Finding::Kind::refused, place, {}, std::move(why));
}

void Import::on_broken(const FilePlace& place, std::string why) {
    find(Finding::Kind::unreadable, place, {},
         std::move(why) + " (line " + std::to_string(place.line) + ", byte " +
             std::to_string(place.offset) + ")");
}

void Import::on_progress(std::int64_t bytes_done) {
    report_.bytes = bytes_before + bytes_done;
    if (settings_.progress) settings_.progress(report_.bytes, bytes_total);
}

void Import::unreadable(const std::string& name, std::string why) {
    file_ = name;
    ++report_.unreadable;
    report_.findings.push_back(
        {Finding::Kind::unreadable, file_, std::nullopt, {}, std::move(why)});
}

// --- storing
// ---------------------------------------------------------------------------

Result<Store::Batch*> Import::batch() {
    if (!batch_) batch_.emplace(TRY(store_.begin(settings_.now)));
    return &*batch_;
}

Result<void> Import::on_taken(const Subject& subject, Taken taken) {
    auto& counts = report_.types[subject.type];
    ++(taken == Taken::added     ? counts.added
       : taken == Taken::changed ? counts.changed
                                 : counts.unchanged);
    if (++in_batch_ >= import_limits::batch) return commit();
    return {};
}

Result<void> Import::commit() {
    if (!batch_) return {};
    auto done = batch_->commit();
    batch_.reset();
    in_batch_ = 0;
    return done;
}

// --- the whole
// -------------------------------------------------------------------------

Result<void> Import::on_resource(const RawResource& raw) {
    return intake_->take(raw);
}

void Import::read(std::istream& in, const std::string& name, Layout layout) {
    file_ = name;
    const Intake::Settings settings{settings_.time, settings_.now,
                                    &settings_.service_codes};
    intake_.emplace(store_, settings, *this);
    auto done = read_bundle(in, layout, *this);
    if (!done && done.error().code == Error::Code::bad_input) {
        unreadable(name, done.error().what);
        done = {};
    }
    if (done) done = intake_->finish();
    if (done) done = commit();
    if (!done) report_.stopped = done.error();
    batch_.reset();
    in_batch_ = 0;
    intake_.reset();
}

ImportReport Import::finish() {
    if (!stopped()) {
        const auto drop = [this]() -> Result<void> {
            auto last = TRY(store_.begin(settings_.now));
            report_.orphans = TRY(last.drop_orphans());
            return last.commit();
        };
        if (auto done = drop(); !done) report_.stopped = done.error();
    }
    return std::move(report_);
}

Layout layout_of(const std::filesystem::path& file) {
    const auto extension = file.extension();
    return extension == ".ndjson" || extension == ".jsonl" ? Layout::lines
                                                           : Layout::guess;
}

}  // namespace

ImportReport import_stream(std::istream& in, const std::string& name, Layout layout,
                           Store& store, const ImportSettings& settings) {
    Import import(store, settings);
    import.read(in, name, layout);
    return import.finish();
}

ImportReport import_files(const std::vector<std::filesystem::path>& files, Store& store,
                          const ImportSettings& settings) {
    Import import(store, settings);
    const auto size_of = [](const std::filesystem::path& file) {
        std::error_code ignored;
        const auto size = std::filesystem::file_size(file, ignored);
        return ignored ? std::int64_t{0} : std::int64_t(size);
    };
    for (const auto& file : files) import.bytes_total += size_of(file);
    for (const auto& file : files) {
        if (import.stopped()) break;
        std::error_code ignored;
        if (std::filesystem::is_directory(file, ignored)) {
            import.unreadable(file.string(), "is a directory");
            continue;
        }
        std::ifstream in(file, std::ios::binary);
        if (!in) {
            import.unreadable(file.string(), std::strerror(errno));
            continue;
        }
        import.read(in, file.string(), layout_of(file));
        import.bytes_before += size_of(file);
    }
    return import.finish();
}

}  // namespace foyer
