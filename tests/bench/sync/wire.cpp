#include "tests/bench/sync/wire.h"

#include <cstdio>
#include <cstdlib>

#include "platform/http_curl.h"

namespace foyer::bench {

Result<HttpResponse> WatchedHttp::send(const HttpRequest& request) {
    Result<HttpResponse> answer = fail(Error::Code::offline, "not asked");
    const double took = seconds_of([&] { answer = inner_.send(request); });
    const bool writes = request.method == "POST" || request.method == "PUT";
    Count& count = writes ? bundles : reads;
    ++count.requests;
    count.seconds += took;
    if (!keeps) return answer;
    if (!writes)
        asked.push_back(request.url);
    else if (answer && answer->status / 100 == 2)
        sent.push_back(request.body);
    return answer;
}

Wire::Wire(const std::string& base, const Clock& clock)
    : curl_(must(CurlHttp::create({}), "the transport")),
      watched_(*curl_),
      server_(FhirServer::Parts{&watched_, &token_, &clock, base}) {}

void give_up(const std::string& why) {
    std::fprintf(stderr, "sync_bench: %s\n", why.c_str());
    std::exit(1);
}

}  // namespace foyer::bench
