#include "kiosk/forms/fhirpath/fhirpath.h"

#include <cassert>

#include "kiosk/forms/fhirpath/evaluator.h"
#include "kiosk/forms/fhirpath/tree.h"

namespace foyer::fhirpath {

Expression::Expression(std::shared_ptr<const Tree> tree) : tree_(std::move(tree)) {}

tl::expected<Expression, Fault> Expression::compile(std::string_view text) {
    const auto tree = std::make_shared<Tree>();
    tree->text = text;
    if (const auto parsed = parse(*tree); !parsed)
        return tl::unexpected(parsed.error());
    tree->reads = find_reads(*tree);
    return Expression(tree);
}

const std::string& Expression::text() const {
    return tree_->text;
}
const Reads& Expression::reads() const {
    return tree_->reads;
}

tl::expected<Collection, Fault> evaluate(const Expression& expression,
                                         const Collection& focus,
                                         const Environment& environment) {
    assert(environment.scratch);
    Evaluator evaluator(environment, focus);
    Scope scope;
    scope.self = focus;
    Items out;
    if (!evaluator.evaluate(*expression.tree().root, scope, out))
        return tl::unexpected(evaluator.fault());
    return Collection(out.begin(), out.end());
}

}  // namespace foyer::fhirpath
