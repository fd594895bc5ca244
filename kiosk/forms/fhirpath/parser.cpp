#include <array>
#include <re2/re2.h>
#include <utility>

#include "kiosk/forms/fhirpath/function.h"
#include "kiosk/forms/fhirpath/lexer.h"
#include "kiosk/forms/fhirpath/text.h"
#include "kiosk/forms/fhirpath/tree.h"

namespace foyer::fhirpath {

namespace {

struct OperatorRow {
    std::string_view symbol;
    int power;  ///< how tightly it binds
    Operator op;
};
constexpr int is_as_power = 8;
constexpr std::array<OperatorRow, 22> operators{{
    {"*", 10, Operator::multiply},
    {"/", 10, Operator::divide},
    {"div", 10, Operator::div},
    {"mod", 10, Operator::mod},
    {"+", 9, Operator::plus},
    {"-", 9, Operator::minus},
    {"&", 9, Operator::join},
    {"|", 7, Operator::unite},
    {"<", 6, Operator::less},
    {">", 6, Operator::greater},
    {"<=", 6, Operator::less_or_equal},
    {">=", 6, Operator::greater_or_equal},
    {"=", 5, Operator::equal},
    {"~", 5, Operator::equivalent},
    {"!=", 5, Operator::not_equal},
    {"!~", 5, Operator::not_equivalent},
    {"in", 4, Operator::in},
    {"contains", 4, Operator::contains},
    {"and", 3, Operator::and_},
    {"or", 2, Operator::or_},
    {"xor", 2, Operator::xor_},
    {"implies", 1, Operator::implies},
}};

bool is_name(const Token& token) {
    return token.kind == Token::Kind::name || token.kind == Token::Kind::quoted;
}

/// Recursive descent with precedence climbing. The first fault stays; after it every
/// function answers null.
class Parser {
public:
    explicit Parser(Tree& tree) : tree_(tree), lexer_(tree.text, tree.texts) {
        token_ = lexer_.next();
    }

    const Node* whole() {
        const Node* root = expression(0);
        if (root && token_.kind != Token::Kind::end)
            return fail("something stands after the end");
        return root;
    }

    Fault fault;

private:
    bool is(std::string_view symbol) const {
        return token_.kind == Token::Kind::symbol && token_.text == symbol;
    }
    bool is_word(std::string_view word) const {
        return token_.kind == Token::Kind::name && token_.text == word;
    }
    void advance() { token_ = lexer_.next(); }
    bool take(std::string_view symbol) {
        if (!is(symbol)) return false;
        advance();
        return true;
    }

    Node* fail(std::string_view what, Fault::Kind kind = Fault::Kind::syntax) {
        if (!fault.what.empty()) return nullptr;
        const bool bad = token_.kind == Token::Kind::bad;
        fault = {kind, token_.offset, std::string(bad ? token_.text : what)};
        return nullptr;
    }
    Node* fail_at(const Node& node, std::string what, Fault::Kind kind) {
        if (fault.what.empty()) fault = {kind, node.offset, std::move(what)};
        return nullptr;
    }

    Node* make(Node::Kind kind, std::uint32_t offset) {
        Node& node = tree_.nodes.emplace_back();
        node.kind = kind;
        node.offset = offset;
        return &node;
    }
    /// Null if what is below stands too deep.
    Node* above(Node* node, const Node* left, const Node* right = nullptr) {
        node->left = left;
        node->right = right;
        node->depth = 1 + std::max(left ? left->depth : 0, right ? right->depth : 0);
        return checked(node);
    }
    Node* checked(Node* node) {
        if (node->depth > expression_limits::depth)
            return fail_at(*node, "too many steps on top of one another",
                           Fault::Kind::limit);
        return node;
    }

    const OperatorRow* operator_here() const {
        if (token_.kind != Token::Kind::symbol && token_.kind != Token::Kind::name)
            return nullptr;
        for (const OperatorRow& row : operators)
            if (row.symbol == token_.text) return &row;
        return nullptr;
    }

    const Node* expression(int least) {
        if (++nesting_ > expression_limits::nesting) {
            --nesting_;
            return fail("nested too deep", Fault::Kind::limit);
        }
        const Node* left = unary();
        while (left) {
            if (is_as_power >= least && (is_word("is") || is_word("as"))) {
                left = type_operator(left);
                continue;
            }
            const OperatorRow* row = operator_here();
            if (!row || row->power < least) break;
            Node* node = make(Node::Kind::binary, token_.offset);
            node->op = row->op;
            advance();
            const Node* right = expression(row->power + 1);
            left = right ? above(node, left, right) : nullptr;
        }
        --nesting_;
        return left;
    }

    const Node* type_operator(const Node* left) {
        Node* node =
            make(is_word("is") ? Node::Kind::is : Node::Kind::as, token_.offset);
        advance();
        if (!is_name(token_)) return fail("a type's name is missing");
        std::string_view space;
        std::string_view name = token_.text;
        advance();
        while (take(".")) {
            if (!is_name(token_)) return fail("a type's name is missing");
            space = std::exchange(name, token_.text);
            advance();
        }
        node->type = named_type(space, name);
        node->name = name;
        return above(node, left);
    }

    const Node* unary() {
        if (!is("-") && !is("+")) return postfix();
        Node* node =
            make(is("-") ? Node::Kind::negate : Node::Kind::plus, token_.offset);
        advance();
        if (++nesting_ > expression_limits::nesting) {
            --nesting_;
            return fail("nested too deep", Fault::Kind::limit);
        }
        const Node* of = unary();
        --nesting_;
        return of ? above(node, of) : nullptr;
    }

    const Node* postfix() {
        const Node* left = term();
        while (left) {
            if (take(".")) {
                left = invocation(left);
            } else if (is("[")) {
                Node* node = make(Node::Kind::indexer, token_.offset);
                advance();
                const Node* index = expression(0);
                if (!index) return nullptr;
                if (!take("]")) return fail("\"]\" is missing");
                mind_order(*node, *left);
                left = above(node, left, index);
            } else {
                break;
            }
        }
        return left;
    }

    const Node* term() {
        const std::uint32_t offset = token_.offset;
        switch (token_.kind) {
            case Token::Kind::string:
                return literal(Value::string(token_.text));
            case Token::Kind::number:
                return number();
            case Token::Kind::date:
                return moment(Value::Kind::date, parse_date(token_.text));
            case Token::Kind::date_time:
                return moment(Value::Kind::date_time, parse_date_time(token_.text));
            case Token::Kind::time:
                return moment(Value::Kind::time, parse_time(token_.text));
            case Token::Kind::name:
                if (is_word("true")) return literal(Value::boolean(true));
                if (is_word("false")) return literal(Value::boolean(false));
                return invocation(nullptr);
            case Token::Kind::quoted:
                return invocation(nullptr);
            case Token::Kind::bad:
                return fail("");
            case Token::Kind::end:
                return fail("the end comes too early");
            case Token::Kind::symbol:
                break;
        }
        if (is("$this")) return word(Node::Kind::this_);
        if (is("$index")) return word(Node::Kind::index);
        if (is("$total")) return word(Node::Kind::total);
        if (take("(")) {
            const Node* inner = expression(0);
            if (!inner) return nullptr;
            if (!take(")")) return fail("\")\" is missing");
            return inner;
        }
        if (take("{")) {
            if (!take("}")) return fail("\"}\" is missing");
            return make(Node::Kind::nothing, offset);
        }
        if (take("%")) {
            if (!is_name(token_) && token_.kind != Token::Kind::string)
                return fail("a variable's name is missing");
            Node* node = make(Node::Kind::variable, offset);
            node->name = token_.text;
            advance();
            return node;
        }
        return fail("an operand is missing");
    }

    const Node* word(Node::Kind kind) {
        Node* node = make(kind, token_.offset);
        advance();
        return node;
    }

    const Node* literal(const Value& value) {
        Node* node = make(Node::Kind::literal, token_.offset);
        node->literal = value;
        advance();
        return node;
    }

    const Node* moment(Value::Kind kind, const std::optional<Moment>& read) {
        if (!read) return fail("there is no such date or time");
        return literal(Value::moment(kind, *read));
    }

    const Node* number() {
        const auto decimal = Decimal::parse(token_.text);
        if (!decimal) return fail("a number is too large");
        const bool whole = token_.text.find('.') == std::string_view::npos;
        const auto integer = whole ? decimal->to_integer() : std::nullopt;
        if (whole && !integer) return fail("a number is too large");
        Node* node = make(Node::Kind::literal, token_.offset);
        node->literal = integer ? Value::integer(*integer) : Value::decimal(*decimal);
        advance();
        if (token_.kind == Token::Kind::string) {
            return quantity(node, {*decimal, token_.text, false});
        }
        if (token_.kind == Token::Kind::name) {
            if (calendar_unit(token_.text))
                return quantity(node, {*decimal, token_.text, true});
        }
        return node;
    }

    const Node* quantity(Node* node, const Quantity& value) {
        node->literal = Value::quantity(&tree_.quantities.emplace_back(value));
        advance();
        return node;
    }

    const Node* invocation(const Node* left) {
        if (left && (is("$this") || is("$index") || is("$total")))
            return fail("only a name can stand after \".\"");
        if (!is_name(token_)) return fail("a name is missing");
        Node* node = make(Node::Kind::step, token_.offset);
        node->name = token_.text;
        advance();
        if (is("(")) return call(node, left);
        node->property = r4::property_named(node->name);
        node->head = left == nullptr;
        if (left && left->kind == Node::Kind::as && left->type.fhir != 0 &&
            !r4::property(left->type.fhir, node->property).found)
            node->misuse = "the type before it has no such element";
        return above(node, left);
    }

    const Node* call(Node* node, const Node* left) {
        node->kind = Node::Kind::call;
        node->function = function_named(node->name);
        if (!node->function)
            return fail_at(*node, "there is no function " + shown(node->name),
                           Fault::Kind::semantic);
        advance();
        std::vector<const Node*> arguments;
        while (!is(")")) {
            if (!arguments.empty() && !take(",")) return fail("\")\" is missing");
            const Node* argument = expression(0);
            if (!argument) return nullptr;
            arguments.push_back(argument);
            node->depth = std::max(node->depth, argument->depth + 1);
        }
        advance();
        const Function& function = *node->function;
        if (arguments.size() < function.fewest || arguments.size() > function.most)
            return fail_at(
                *node, std::string(node->name) + "() takes another number of arguments",
                Fault::Kind::semantic);
        if (function.takes == Function::Takes::type && !arguments.empty() &&
            !read_type(*node, *arguments.front()))
            return fail_at(*node, std::string(node->name) + "() takes a type's name",
                           Fault::Kind::semantic);
        if (function.takes == Function::Takes::pattern)
            compile_pattern(*node, arguments);
        if (function.ordered && left) mind_order(*node, *left);
        node->arguments = tree_.argument_lists.emplace_back(std::move(arguments));
        node->left = left;
        if (left) node->depth = std::max(node->depth, left->depth + 1);
        return checked(node);
    }

    static void mind_order(Node& node, const Node& left) {
        if (left.kind == Node::Kind::call &&
            (left.name == "children" || left.name == "descendants"))
            node.misuse = "what it stands on has no order";
    }

    static bool read_type(Node& node, const Node& argument) {
        if (argument.kind != Node::Kind::step) return false;
        std::string_view space;
        if (argument.left) {
            if (argument.left->kind != Node::Kind::step) return false;
            space = argument.left->name;
        }
        node.type = named_type(space, argument.name);
        return true;
    }

    /// A pattern that is a literal is compiled once. A bad one stays for the
    /// evaluation to report.
    void compile_pattern(Node& node, const std::vector<const Node*>& arguments) {
        if (arguments.empty() || arguments.front()->kind != Node::Kind::literal ||
            arguments.front()->literal.kind() != Value::Kind::string)
            return;
        auto pattern = compiled_pattern(arguments.front()->literal.text());
        if (!pattern->ok()) return;
        node.pattern = pattern.get();
        tree_.patterns.push_back(std::move(pattern));
    }

    Tree& tree_;
    Lexer lexer_;
    Token token_;
    int nesting_ = 0;
};

}  // namespace

TypeName named_type(std::string_view space, std::string_view name) {
    constexpr std::array<std::pair<std::string_view, Value::Kind>, 9> system{{
        {"Boolean", Value::Kind::boolean},
        {"Integer", Value::Kind::integer},
        {"Long", Value::Kind::integer},
        {"Decimal", Value::Kind::decimal},
        {"String", Value::Kind::string},
        {"Date", Value::Kind::date},
        {"DateTime", Value::Kind::date_time},
        {"Time", Value::Kind::time},
        {"Quantity", Value::Kind::quantity},
    }};
    TypeName type;
    if (space != "System") type.fhir = r4::type_named(name);
    if (space != "FHIR") {
        for (const auto& [known, kind] : system)
            if (known == name) type.system = kind;
        type.any = name == "Any";
    }
    type.system_alone = space == "System";
    type.known = type.fhir != 0 || type.system || type.any || type.system_alone;
    return type;
}

std::string shown(std::string_view name) {
    constexpr std::size_t longest = 40;
    std::string out;
    for (const char c : name.substr(0, longest)) out += c > ' ' && c < 0x7f ? c : '?';
    return out;
}

tl::expected<void, Fault> parse(Tree& tree) {
    if (tree.text.size() > expression_limits::bytes)
        return tl::unexpected(
            Fault{Fault::Kind::limit, 0, "the expression is too long"});
    Parser parser(tree);
    tree.root = parser.whole();
    if (!tree.root) return tl::unexpected(parser.fault);
    return {};
}

}  // namespace foyer::fhirpath
