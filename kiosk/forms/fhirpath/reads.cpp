#include <algorithm>
#include <array>

#include "kiosk/forms/fhirpath/function.h"
#include "kiosk/forms/fhirpath/tree.h"

namespace foyer::fhirpath {

namespace {

/// What part of the response the items of a collection can be.
enum class Region {
    none,    ///< no part, or nothing that is looked at further
    answer,  ///< answers of items named by their linkId, or of items below those
    item,    ///< items named by their linkId, or items below those
    wide,    ///< the response, or any of its items
};

/// Follows an expression without evaluating it. What is wide and used without a linkId
/// in between makes it look at everything.
class Reader {
public:
    Reads reads;

    Region follow(const Node* node, Region self) {
        if (!node) return Region::none;
        switch (node->kind) {
            case Node::Kind::literal:
            case Node::Kind::nothing:
            case Node::Kind::index:
            case Node::Kind::total:
                return Region::none;
            case Node::Kind::this_:
                return self;
            case Node::Kind::variable:
                return variable(node->name);
            case Node::Kind::step:
                return step(node->left ? follow(node->left, self) : self, *node);
            case Node::Kind::call:
                return call(*node, self);
            case Node::Kind::indexer:
                use(node->right, self);
                return follow(node->left, self);
            case Node::Kind::as:
            case Node::Kind::plus:
                return follow(node->left, self);
            case Node::Kind::negate:
            case Node::Kind::is:
                use(node->left, self);
                return Region::none;
            case Node::Kind::binary:
                if (node->op == Operator::unite)
                    return std::max(follow(node->left, self),
                                    follow(node->right, self));
                use(node->left, self);
                use(node->right, self);
                return Region::none;
        }
        return Region::wide;
    }

    void use(const Node* node, Region self) { used(follow(node, self)); }

private:
    void used(Region region) {
        if (region == Region::wide) reads.everything = true;
    }

    static void keep(std::vector<std::string>& names, std::string_view name) {
        if (std::find(names.begin(), names.end(), name) == names.end())
            names.emplace_back(name);
    }

    Region variable(std::string_view name) {
        constexpr std::array<std::string_view, 3> constants{"ucum", "sct", "loinc"};
        if (std::find(constants.begin(), constants.end(), name) != constants.end() ||
            name.starts_with("vs-") || name.starts_with("ext-"))
            return Region::none;
        keep(reads.variables, name);
        const bool response = name == "resource" || name == "rootResource" ||
                              name == "context" || name == "questionnaireResponse";
        return response ? Region::wide : Region::none;
    }

    Region step(Region from, const Node& node) {
        const std::string_view name = node.name;
        switch (from) {
            case Region::none:
                return Region::none;
            case Region::answer:
                return name == "item" ? Region::item : Region::none;
            case Region::item:
                if (name == "answer") return Region::answer;
                return name == "item" ? Region::item : Region::none;
            case Region::wide:
                break;
        }
        if (name == "item" || name == "answer") return Region::wide;
        if (node.head && name == "QuestionnaireResponse") return Region::wide;
        constexpr std::array<std::string_view, 11> no_answers{
            "id",        "meta",   "identifier", "basedOn", "questionnaire", "status",
            "encounter", "author", "source",     "subject", "authored"};
        if (std::find(no_answers.begin(), no_answers.end(), name) == no_answers.end())
            reads.everything = true;
        return Region::none;
    }

    Region call(const Node& node, Region self) {
        const std::string_view name = node.function->name;
        if (name == "now" || name == "today" || name == "timeOfDay") {
            reads.clock = true;
            if (!node.left) return Region::none;
        }
        const Region input = node.left ? follow(node.left, self) : self;
        const auto argument = [&](std::size_t i) {
            return i < node.arguments.size() ? node.arguments[i] : nullptr;
        };
        if (name == "where") return where(*argument(0), input);
        if (name == "select") return follow(argument(0), input);
        if (name == "repeat" || name == "repeatAll")
            return std::max(follow(argument(0), input),
                            follow(argument(0), below(input)));
        if (name == "children" || name == "descendants") return below(input);
        if (name == "iif") {
            const Region inner = node.left ? input : self;
            use(argument(0), inner);
            return std::max(follow(argument(1), inner), follow(argument(2), inner));
        }
        if (name == "union" || name == "combine")
            return std::max(input, follow(argument(0), self));
        constexpr std::array<std::string_view, 6> passing{"first",  "last",   "tail",
                                                          "single", "ofType", "as"};
        if (std::find(passing.begin(), passing.end(), name) != passing.end())
            return input;
        if (name == "skip" || name == "take") {
            use(argument(0), self);
            return input;
        }
        if (name == "exists" && argument(0)) {
            used(where(*argument(0), input));
            return Region::none;
        }
        // A type's name is no path.
        const bool each = node.function->takes == Function::Takes::each;
        if (node.function->takes != Function::Takes::type)
            for (const Node* one : node.arguments) use(one, each ? input : self);
        used(input);
        return Region::none;
    }

    /// What can lie in these.
    static Region below(Region region) {
        return region == Region::answer ? Region::item : region;
    }

    Region where(const Node& criterion, Region input) {
        if (input == Region::none || input == Region::answer) {
            use(&criterion, input);
            return input;
        }
        std::vector<std::string_view> names;
        if (!narrows(criterion, names)) {
            use(&criterion, input);
            return input;
        }
        for (const std::string_view name : names) keep(reads.link_ids, name);
        use(&criterion, Region::item);
        return Region::item;
    }

    static bool is_link_id(const Node* node) {
        return node->kind == Node::Kind::step && node->name == "linkId" &&
               (!node->left || node->left->kind == Node::Kind::this_);
    }

    /// The literal texts that a union is made of.
    static bool texts(const Node* node, std::vector<std::string_view>& out) {
        if (node->kind == Node::Kind::binary && node->op == Operator::unite)
            return texts(node->left, out) && texts(node->right, out);
        if (node->kind != Node::Kind::literal ||
            node->literal.kind() != Value::Kind::string)
            return false;
        out.push_back(node->literal.text());
        return true;
    }

    /// Whether it lets through only items of the linkIds it puts into `names`.
    static bool narrows(const Node& criterion, std::vector<std::string_view>& names) {
        if (criterion.kind != Node::Kind::binary) return false;
        const Node* left = criterion.left;
        const Node* right = criterion.right;
        switch (criterion.op) {
            case Operator::equal:
                if (is_link_id(right)) std::swap(left, right);
                return is_link_id(left) && right->kind == Node::Kind::literal &&
                       texts(right, names);
            case Operator::in:
                return is_link_id(left) && texts(right, names);
            case Operator::or_:
                return narrows(*left, names) && narrows(*right, names);
            case Operator::and_: {
                std::vector<std::string_view> found;
                if (!narrows(*left, found)) {
                    found.clear();
                    if (!narrows(*right, found)) return false;
                }
                names.insert(names.end(), found.begin(), found.end());
                return true;
            }
            default:
                return false;
        }
    }
};

}  // namespace

Reads find_reads(const Tree& tree) {
    Reader reader;
    reader.use(tree.root, Region::wide);
    return reader.reads;
}

}  // namespace foyer::fhirpath
