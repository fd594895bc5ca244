#include "platform/printer_ipp.h"

#include <algorithm>
#include <array>
#include <cups/cups.h>
#include <cups/pwg.h>
#include <optional>
#include <string_view>
#include <thread>

#include "platform/png.h"
#include "platform/pwg_raster.h"

namespace foyer {

namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr int kConnectMs = 3000;
/// Longest silence of a printer within one request.
constexpr double kAnswerSeconds = 5.0;
/// How often a job's state is asked for. A slip takes about 2 s.
constexpr milliseconds kBetweenLooks{150};
constexpr double kSlipWidthMm = 80.0;
constexpr const char* kUser = "foyer";

struct Close {
    void operator()(http_t* http) const { httpClose(http); }
    void operator()(ipp_t* message) const { ippDelete(message); }
};
using Connection = std::unique_ptr<http_t, Close>;
using Message = std::unique_ptr<ipp_t, Close>;

struct Uri {
    std::string whole, host, resource;
    int port = 0;
    bool encrypted = false;
};

std::vector<std::string> texts(ipp_t* message, const char* attribute) {
    std::vector<std::string> all;
    ipp_attribute_t* found = ippFindAttribute(message, attribute, IPP_TAG_ZERO);
    for (int i = 0; found && i < ippGetCount(found); ++i) {
        if (const char* text = ippGetString(found, i, nullptr)) all.emplace_back(text);
    }
    return all;
}

int number(ipp_t* message, const char* attribute, int otherwise) {
    ipp_attribute_t* found = ippFindAttribute(message, attribute, IPP_TAG_ZERO);
    return found ? ippGetInteger(found, 0) : otherwise;
}

bool has(const std::vector<std::string>& all, std::string_view one) {
    return std::find(all.begin(), all.end(), one) != all.end();
}

/// The first state reason that starts with one of `words` and is not merely reported.
std::optional<std::string> reason(ipp_t* message,
                                  std::initializer_list<std::string_view> words) {
    for (const std::string& given : texts(message, "printer-state-reasons")) {
        if (given.ends_with("-report")) continue;
        for (const std::string_view word : words)
            if (given.starts_with(word)) return given;
    }
    return std::nullopt;
}

/// What keeps the printer from printing, by its own words (RFC 8011, 5.4.12).
Result<void> printer_is_well(ipp_t* state) {
    if (reason(state, {"media-empty", "media-needed"}))
        return fail(Error::Code::out_of_paper, "the printer has no paper");
    if (const auto why = reason(state, {"shutdown", "offline", "timed-out", "paused"}))
        return fail(Error::Code::offline, "the printer says " + *why);
    if (const auto why = reason(state, {"media-jam", "cover-open", "door-open",
                                        "interlock-open", "input-tray-missing"}))
        return fail(Error::Code::refused, "the printer says " + *why);
    if (number(state, "printer-state", IPP_PSTATE_IDLE) == IPP_PSTATE_STOPPED)
        return fail(Error::Code::offline, "the printer is stopped");
    return {};
}

/// PWG name of a roll's piece that long, if the printer cuts pages to any length.
std::optional<std::string> media_for(ipp_t* state, double height_mm) {
    int longest = 0;
    for (const std::string& media : texts(state, "media-supported")) {
        if (!media.starts_with("custom_max_") && !media.starts_with("roll_max_"))
            continue;
        if (const pwg_media_t* size = pwgMediaForPWG(media.c_str()))
            longest = std::max(longest, size->length);
    }
    if (height_mm <= 0 || longest < height_mm * 100) return std::nullopt;
    std::array<char, 128> keyword{};
    if (!pwgFormatSizeName(keyword.data(), keyword.size(), "custom", "slip",
                           static_cast<int>(kSlipWidthMm * 100),
                           static_cast<int>(height_mm * 100), "mm"))
        return std::nullopt;
    return std::string(keyword.data());
}

struct Document {
    const char* format;
    std::string bytes;
};

Result<Document> document_for(ipp_t* state, const PrintJob& job) {
    const auto formats = texts(state, "document-format-supported");
    if (has(formats, "application/pdf") && !job.pdf.empty())
        return Document{"application/pdf", job.pdf};
    if (has(formats, "image/png") && !job.png.empty())
        return Document{"image/png", job.png};
    if (has(formats, "image/pwg-raster") && !job.png.empty()) {
        const Picture slip = TRY(decode_png(job.png));
        return Document{"image/pwg-raster", TRY(pwg_raster(slip))};
    }
    return fail(Error::Code::refused,
                "the printer takes neither PDF, PNG nor PWG raster");
}

}  // namespace

struct IppPrinter::Inside {
    Uri uri;
    milliseconds patience{0};

    Result<Connection> connect() const {
        Connection http(httpConnect2(
            uri.host.c_str(), uri.port, nullptr, AF_UNSPEC,
            uri.encrypted ? HTTP_ENCRYPTION_ALWAYS : HTTP_ENCRYPTION_IF_REQUESTED, 1,
            kConnectMs, nullptr));
        if (!http) return fail(Error::Code::offline, "the printer cannot be reached");
        httpSetTimeout(
            http.get(), kAnswerSeconds, [](http_t*, void*) { return 0; }, nullptr);
        return http;
    }

    Message request(ipp_op_t operation) const {
        Message message(ippNewRequest(operation));
        ippAddString(message.get(), IPP_TAG_OPERATION, IPP_TAG_URI, "printer-uri",
                     nullptr, uri.whole.c_str());
        ippAddString(message.get(), IPP_TAG_OPERATION, IPP_TAG_NAME,
                     "requesting-user-name", nullptr, kUser);
        return message;
    }

    static Result<Message> checked(Message answer) {
        if (!answer) return fail(Error::Code::offline, "the printer does not answer");
        const ipp_status_t status = ippGetStatusCode(answer.get());
        if (status < IPP_STATUS_REDIRECTION_OTHER_SITE) return answer;
        const bool later = status == IPP_STATUS_ERROR_SERVICE_UNAVAILABLE ||
                           status == IPP_STATUS_ERROR_NOT_ACCEPTING_JOBS;
        return fail(later ? Error::Code::offline : Error::Code::refused,
                    std::string("the printer answers ") + ippErrorString(status));
    }

    Result<Message> ask(http_t* http, Message message) const {
        return checked(
            Message(cupsDoRequest(http, message.release(), uri.resource.c_str())));
    }

    Result<Message> state(http_t* http) const {
        static constexpr std::array<const char*, 4> kWanted{
            "printer-state", "printer-state-reasons", "document-format-supported",
            "media-supported"};
        Message message = request(IPP_OP_GET_PRINTER_ATTRIBUTES);
        ippAddStrings(message.get(), IPP_TAG_OPERATION, IPP_TAG_KEYWORD,
                      "requested-attributes", static_cast<int>(kWanted.size()), nullptr,
                      kWanted.data());
        return ask(http, std::move(message));
    }

    /// Sends the whole job; answers its number.
    Result<int> send(http_t* http, const Document& document,
                     const std::optional<std::string>& media) const {
        Message message = request(IPP_OP_PRINT_JOB);
        // A fixed name: queues keep job names, and this one says nothing.
        ippAddString(message.get(), IPP_TAG_OPERATION, IPP_TAG_NAME, "job-name",
                     nullptr, "slip");
        ippAddString(message.get(), IPP_TAG_OPERATION, IPP_TAG_MIMETYPE,
                     "document-format", nullptr, document.format);
        if (media)
            ippAddString(message.get(), IPP_TAG_JOB, IPP_TAG_KEYWORD, "media", nullptr,
                         media->c_str());
        const std::size_t head = ippLength(message.get());
        const char* resource = uri.resource.c_str();
        if (cupsSendRequest(http, message.get(), resource,
                            head + document.bytes.size()) != HTTP_STATUS_CONTINUE ||
            cupsWriteRequestData(http, document.bytes.data(), document.bytes.size()) !=
                HTTP_STATUS_CONTINUE)
            return fail(Error::Code::offline, "the printer broke off");
        const Message answer = TRY(checked(Message(cupsGetResponse(http, resource))));
        const int id = number(answer.get(), "job-id", 0);
        if (id <= 0) return fail(Error::Code::refused, "the printer names no job");
        return id;
    }

    Result<int> job_state(http_t* http, int id) const {
        Message message = request(IPP_OP_GET_JOB_ATTRIBUTES);
        ippAddInteger(message.get(), IPP_TAG_OPERATION, IPP_TAG_INTEGER, "job-id", id);
        ippAddString(message.get(), IPP_TAG_OPERATION, IPP_TAG_KEYWORD,
                     "requested-attributes", nullptr, "job-state");
        const Message answer = TRY(ask(http, std::move(message)));
        return number(answer.get(), "job-state", IPP_JSTATE_PENDING);
    }

    /// Nothing is done about a failure: the printer is gone then.
    void cancel(http_t* http, int id) const {
        Message message = request(IPP_OP_CANCEL_JOB);
        ippAddInteger(message.get(), IPP_TAG_OPERATION, IPP_TAG_INTEGER, "job-id", id);
        static_cast<void>(ask(http, std::move(message)));
    }

    /// True when done, false when still printing.
    Result<bool> looked(http_t* http, int id) const {
        const int before = TRY(job_state(http, id));
        const Message printer = TRY(state(http));
        const Result<void> well = printer_is_well(printer.get());
        // The last slip of a roll comes out and leaves the printer empty: asked again,
        // the job is done.
        const int now = well ? before : TRY(job_state(http, id));
        if (now == IPP_JSTATE_COMPLETED) return true;
        if (now == IPP_JSTATE_ABORTED || now == IPP_JSTATE_CANCELED)
            return well ? fail(Error::Code::refused, "the printer gave the job up")
                        : tl::unexpected(well.error());
        if (!well) return tl::unexpected(well.error());
        return false;
    }

    Result<void> wait_for(http_t* http, int id, steady_clock::time_point until) const {
        while (!TRY(looked(http, id))) {
            if (steady_clock::now() >= until)
                return fail(Error::Code::offline, "the printer is not done in time");
            std::this_thread::sleep_for(kBetweenLooks);
        }
        return {};
    }
};

IppPrinter::IppPrinter(std::unique_ptr<Inside> inside) : inside_(std::move(inside)) {}
IppPrinter::~IppPrinter() = default;

Result<std::unique_ptr<IppPrinter>> IppPrinter::create(const Options& options) {
    std::array<char, 16> scheme{};
    std::array<char, 256> user{};
    std::array<char, 256> host{};
    std::array<char, 1024> resource{};
    int port = 0;
    const http_uri_status_t status =
        httpSeparateURI(HTTP_URI_CODING_ALL, options.uri.c_str(), scheme.data(),
                        scheme.size(), user.data(), user.size(), host.data(),
                        host.size(), &port, resource.data(), resource.size());
    const std::string_view kind = scheme.data();
    if (status < HTTP_URI_STATUS_OK || host[0] == '\0' ||
        (kind != "ipp" && kind != "ipps"))
        return fail(Error::Code::bad_input,
                    "a printer's address looks like ipp://host/ipp/print");
    auto inside = std::make_unique<Inside>();
    inside->uri = {options.uri, host.data(), resource.data(), port, kind == "ipps"};
    inside->patience = options.patience;
    return std::unique_ptr<IppPrinter>(new IppPrinter(std::move(inside)));
}

Result<void> IppPrinter::print(const PrintJob& job) {
    const auto until = steady_clock::now() + inside_->patience;
    const Connection http = TRY(inside_->connect());
    const Message state = TRY(inside_->state(http.get()));
    TRY(printer_is_well(state.get()));
    const Document document = TRY(document_for(state.get(), job));
    const int id =
        TRY(inside_->send(http.get(), document, media_for(state.get(), job.height_mm)));
    const Result<void> printed = inside_->wait_for(http.get(), id, until);
    if (!printed) inside_->cancel(http.get(), id);
    return printed;
}

}  // namespace foyer
