#include "tests/support/fake_http.h"

#include <algorithm>

namespace foyer {

void FakeHttp::fail_next(int status, std::optional<std::chrono::seconds> retry_after,
                         int times) {
    for (int i = 0; i < times; ++i) failures_.push_back({status, retry_after});
}

int FakeHttp::asked(std::string_view method, std::string_view part) const {
    return static_cast<int>(std::ranges::count_if(log, [&](const Line& line) {
        return line.request.method == method &&
               line.request.url.find(part) != std::string::npos;
    }));
}

Result<HttpResponse> FakeHttp::send(const HttpRequest& request) {
    if (!online || !request.url.starts_with(FakeFhir::base)) {
        log.push_back({request, 0});
        return fail(Error::Code::offline, "the fake network is down");
    }
    if (before) before(request);
    if (!failures_.empty()) {
        const Failure failure = failures_.front();
        failures_.pop_front();
        log.push_back({request, failure.status});
        HttpResponse answer;
        answer.status = failure.status;
        if (failure.retry_after)
            answer.headers.emplace_back("retry-after",
                                        std::to_string(failure.retry_after->count()));
        answer.body =
            R"({"resourceType":"OperationOutcome","issue":[{"severity":"error",)"
            R"("code":"transient","diagnostics":"a test said so"}]})";
        return answer;
    }
    HttpResponse answer = server_->handle(request);
    if (lose_next_answer) {
        lose_next_answer = false;
        log.push_back({request, 0});
        return fail(Error::Code::no_answer, "the fake network lost the answer");
    }
    log.push_back({request, answer.status});
    if (after) after(request, answer);
    return answer;
}

}  // namespace foyer
