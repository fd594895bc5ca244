#include "platform/http_curl.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstring>
#include <curl/curl.h>
#include <utility>

#include "platform/tls_files.h"

namespace foyer {

namespace {

using std::chrono::milliseconds;

/// A connection that has been idle for longer is not used again: firewalls forget idle
/// ones without a word, and a check-in sent into one is known to nobody until the time
/// limit. A handshake a minute is cheap.
constexpr long longest_idle_seconds = 45;
/// All headers of an answer together.
constexpr std::size_t most_header_bytes = 256'000;

struct HeaderList {
    curl_slist* list = nullptr;
    HeaderList() = default;
    ~HeaderList() { curl_slist_free_all(list); }
    HeaderList(const HeaderList&) = delete;
    HeaderList& operator=(const HeaderList&) = delete;
    void add(const std::string& line) {
        if (curl_slist* longer = curl_slist_append(list, line.c_str())) list = longer;
    }
};

/// What one request sends and what has come so far.
struct Exchange {
    const HttpRequest* request;
    HttpResponse response = {};
    std::size_t sent = 0, header_bytes = 0;
    bool too_long = false, headers_complete = false;
};

std::size_t give_body(char* into, std::size_t size, std::size_t count, void* at) {
    auto& exchange = *static_cast<Exchange*>(at);
    const std::string& body = exchange.request->body;
    const std::size_t n = std::min(size * count, body.size() - exchange.sent);
    std::memcpy(into, body.data() + exchange.sent, n);
    exchange.sent += n;
    return n;
}

std::size_t take_body(const char* data, std::size_t size, std::size_t count, void* at) {
    auto& exchange = *static_cast<Exchange*>(at);
    const std::size_t n = size * count;
    exchange.too_long =
        n > exchange.request->most_bytes - exchange.response.body.size();
    if (exchange.too_long) return 0;
    exchange.response.body.append(data, n);
    return n;
}

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view space = " \t\r\n";
    const auto first = text.find_first_not_of(space);
    if (first == text.npos) return {};
    return text.substr(first, text.find_last_not_of(space) - first + 1);
}

std::string lower(std::string_view text) {
    std::string result(text);
    for (char& c : result)
        if (c >= 'A' && c <= 'Z') c = char(c - 'A' + 'a');
    return result;
}

std::size_t take_header(const char* data, std::size_t size, std::size_t count,
                        void* at) {
    auto& exchange = *static_cast<Exchange*>(at);
    const std::string_view line(data, size * count);
    exchange.header_bytes += line.size();
    exchange.too_long = exchange.header_bytes > most_header_bytes;
    if (exchange.too_long) return 0;
    // A status line after others: what came before was interim (100).
    if (line.starts_with("HTTP/")) {
        exchange.response.headers.clear();
        exchange.headers_complete = false;
    }
    if (trimmed(line).empty()) exchange.headers_complete = true;
    const auto colon = line.find(':');
    if (colon != line.npos)
        exchange.response.headers.emplace_back(lower(trimmed(line.substr(0, colon))),
                                               trimmed(line.substr(colon + 1)));
    return line.size();
}

/// "Nov  3 22:01:02 2027 GMT", as libcurl's certificate list writes times.
std::optional<Instant> certificate_time(const std::string& text) {
    std::array<char, 4> month{};
    int day = 0, hour = 0, minute = 0, second = 0, year = 0;
    if (std::sscanf(text.c_str(), "%3s %2d %2d:%2d:%2d %4d GMT", month.data(), &day,
                    &hour, &minute, &second, &year) != 6)
        return std::nullopt;
    std::array<char, 40> standard{};
    std::snprintf(standard.data(), standard.size(),
                  "Day, %02d %s %04d %02d:%02d:%02d GMT", day, month.data(), year, hour,
                  minute, second);
    return http_date(standard.data());
}

/// "https://server:8443" of an address: all of it that an error may name, since a query
/// can name a patient.
std::string server_of(const std::string& url) {
    const auto host = url.find("://");
    if (host == url.npos) return "server";
    return url.substr(0, std::min(url.find_first_of("/?#", host + 3), url.size()));
}

bool one_line(const std::string& text) {
    return std::ranges::none_of(text,
                                [](unsigned char c) { return c < 0x20 && c != '\t'; });
}

void start_curl() {
    static const CURLcode started = curl_global_init(CURL_GLOBAL_DEFAULT);
    (void)started;
}

}  // namespace

struct CurlHttp::Inside {
    Settings settings;
    CURL* easy = nullptr;
    std::array<char, CURL_ERROR_SIZE> reason{};
    std::optional<Instant> certificate_ends;

    explicit Inside(Settings wanted) : settings(std::move(wanted)) {}
    ~Inside() { curl_easy_cleanup(easy); }
    Inside(const Inside&) = delete;
    Inside& operator=(const Inside&) = delete;

    void prepare();
    void prepare(Exchange& exchange, const HeaderList& headers);
    Result<HttpResponse> outcome(CURLcode code, Exchange& exchange);
    bool reached_the_server() const;
    std::string hint(const Exchange& exchange) const;
    void look_at_certificate();
};

/// What is the same for each request. curl_easy_reset keeps open connections.
void CurlHttp::Inside::prepare() {
    curl_easy_reset(easy);
    reason = {};
    curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, reason.data());
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(easy, CURLOPT_PROXY, "");
    curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(easy, CURLOPT_DISALLOW_USERNAME_IN_URL, 1L);
    // HTTP/2 gives one request at a time nothing, and adds refusals that libcurl
    // repeats by itself.
    curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, long(CURL_HTTP_VERSION_1_1));
    curl_easy_setopt(easy, CURLOPT_ACCEPT_ENCODING, "");
    curl_easy_setopt(easy, CURLOPT_USERAGENT, settings.user_agent.c_str());
    curl_easy_setopt(easy, CURLOPT_MAXAGE_CONN, longest_idle_seconds);
    curl_easy_setopt(easy, CURLOPT_TCP_KEEPALIVE, 1L);

    curl_easy_setopt(easy, CURLOPT_SSLVERSION, long(CURL_SSLVERSION_TLSv1_2));
    curl_easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, 1L);
    curl_easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, 2L);
    curl_easy_setopt(easy, CURLOPT_CERTINFO, 1L);
    if (!settings.ca_file.empty()) {
        curl_easy_setopt(easy, CURLOPT_CAINFO, settings.ca_file.c_str());
        // Without this the folder of the system's authorities stays trusted beside it.
        curl_easy_setopt(easy, CURLOPT_CAPATH, nullptr);
        // A file that IT replaces counts from the next connection on.
        curl_easy_setopt(easy, CURLOPT_CA_CACHE_TIMEOUT, 0L);
    }
    if (!settings.certificate_file.empty()) {
        curl_easy_setopt(easy, CURLOPT_SSLCERT, settings.certificate_file.c_str());
        curl_easy_setopt(easy, CURLOPT_SSLKEY, settings.key_file.c_str());
    }
}

void CurlHttp::Inside::prepare(Exchange& exchange, const HeaderList& headers) {
    prepare();
    const HttpRequest& request = *exchange.request;
    curl_easy_setopt(easy, CURLOPT_URL, request.url.c_str());
    curl_easy_setopt(easy, CURLOPT_HTTPHEADER, headers.list);
    curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, long(request.time_limit.count()));
    curl_easy_setopt(
        easy, CURLOPT_CONNECTTIMEOUT_MS,
        long(std::min(settings.connect_limit, request.time_limit).count()));
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, take_body);
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, &exchange);
    curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, take_header);
    curl_easy_setopt(easy, CURLOPT_HEADERDATA, &exchange);
    if (!request.body.empty()) {
        // Read from a function that cannot go back: libcurl would otherwise send a body
        // again by itself when a kept-alive connection breaks, and nobody would know
        // that it went out twice.
        curl_easy_setopt(easy, CURLOPT_POST, 1L);
        curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE,
                         curl_off_t(request.body.size()));
        curl_easy_setopt(easy, CURLOPT_READFUNCTION, give_body);
        curl_easy_setopt(easy, CURLOPT_READDATA, &exchange);
    }
    curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST, request.method.c_str());
}

/// Whether a byte of the request may have left. On a connection that failed while it
/// was made, none has.
bool CurlHttp::Inside::reached_the_server() const {
    long bytes = 0;
    curl_easy_getinfo(easy, CURLINFO_REQUEST_SIZE, &bytes);
    return bytes > 0;
}

/// What else it can be when a new connection breaks before the first byte comes back.
std::string CurlHttp::Inside::hint(const Exchange& exchange) const {
    long made = 0;
    curl_easy_getinfo(easy, CURLINFO_NUM_CONNECTS, &made);
    const bool asks_perhaps = made > 0 && exchange.header_bytes == 0 &&
                              settings.certificate_file.empty() &&
                              exchange.request->url.starts_with("https:");
    return asks_perhaps ? "; perhaps the server wants a certificate of ours" : "";
}

void CurlHttp::Inside::look_at_certificate() {
    curl_certinfo* chain = nullptr;
    if (curl_easy_getinfo(easy, CURLINFO_CERTINFO, &chain) != CURLE_OK || !chain ||
        chain->num_of_certs < 1)
        return;
    constexpr std::string_view label = "Expire date:";
    for (const curl_slist* at = chain->certinfo[0]; at; at = at->next) {
        const std::string_view line(at->data);
        if (!line.starts_with(label)) continue;
        if (const auto ends = certificate_time(std::string(line.substr(label.size()))))
            certificate_ends = ends;
    }
}

Result<HttpResponse> CurlHttp::Inside::outcome(CURLcode code, Exchange& exchange) {
    using enum Error::Code;
    // libcurl takes an answer that ends among its headers for a whole one.
    if (code == CURLE_OK && !exchange.headers_complete)
        return fail(no_answer,
                    server_of(exchange.request->url) + ": the answer is cut off");
    if (code == CURLE_OK) {
        long status = 0, request_bytes = 0, header_bytes = 0;
        curl_off_t up = 0, down = 0;
        curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &status);
        curl_easy_getinfo(easy, CURLINFO_REQUEST_SIZE, &request_bytes);
        curl_easy_getinfo(easy, CURLINFO_HEADER_SIZE, &header_bytes);
        curl_easy_getinfo(easy, CURLINFO_SIZE_UPLOAD_T, &up);
        curl_easy_getinfo(easy, CURLINFO_SIZE_DOWNLOAD_T, &down);
        exchange.response.status = int(status);
        exchange.response.sent = request_bytes + up;
        exchange.response.received = header_bytes + down;
        return std::move(exchange.response);
    }
    const std::string detail = reason[0] ? reason.data() : curl_easy_strerror(code);
    const std::string what = server_of(exchange.request->url) + ": " + detail;
    if (exchange.too_long)
        return fail(bad_input, server_of(exchange.request->url) +
                                   ": the answer is longer than what can be taken");
    // With TLS 1.3 a server refuses our certificate after we have begun to send, but
    // before it reads.
    if (detail.find(" alert ") != detail.npos)
        return fail(offline,
                    what + ": the server refuses our certificate or wants one");
    switch (code) {
        case CURLE_COULDNT_RESOLVE_HOST:
        case CURLE_COULDNT_CONNECT:
        case CURLE_SSL_CONNECT_ERROR:
            return fail(offline, what);
        case CURLE_PEER_FAILED_VERIFICATION:
        case CURLE_SSL_ISSUER_ERROR:
        case CURLE_SSL_CACERT_BADFILE:
        case CURLE_SSL_CERTPROBLEM:
        case CURLE_SSL_CIPHER:
        case CURLE_SSL_INVALIDCERTSTATUS:
            return fail(refused, what);
        case CURLE_URL_MALFORMAT:
        case CURLE_UNSUPPORTED_PROTOCOL:
        case CURLE_LOGIN_DENIED:
        case CURLE_WEIRD_SERVER_REPLY:
        case CURLE_BAD_CONTENT_ENCODING:
            return fail(bad_input, what);
        default:
            return fail(reached_the_server() ? no_answer : offline,
                        what + hint(exchange));
    }
}

CurlHttp::CurlHttp(std::unique_ptr<Inside> inside) : inside_(std::move(inside)) {}

CurlHttp::~CurlHttp() = default;

Result<std::unique_ptr<CurlHttp>> CurlHttp::create(Settings settings) {
    start_curl();
    TRY(check_tls_files(settings.ca_file, settings.certificate_file,
                        settings.key_file));
    auto inside = std::make_unique<Inside>(std::move(settings));
    inside->easy = curl_easy_init();
    if (!inside->easy) return fail(Error::Code::busy, "libcurl does not start");
    return std::unique_ptr<CurlHttp>(new CurlHttp(std::move(inside)));
}

Result<HttpResponse> CurlHttp::send(const HttpRequest& request) {
    HeaderList headers;
    for (const std::string& line : request.headers) {
        if (!one_line(line))
            return fail(Error::Code::bad_input,
                        "a header of the request is not one line");
        headers.add(line);
    }
    // Asking for leave to send a large body costs a round trip, and some servers never
    // answer it.
    headers.add("Expect:");
    Exchange exchange{.request = &request};
    inside_->prepare(exchange, headers);
    const CURLcode code = curl_easy_perform(inside_->easy);
    inside_->look_at_certificate();
    return inside_->outcome(code, exchange);
}

std::optional<Instant> CurlHttp::certificate_ends() const {
    return inside_->certificate_ends;
}

}  // namespace foyer
