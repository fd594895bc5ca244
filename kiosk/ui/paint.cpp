#include "kiosk/ui/paint.h"

#include <imgui.h>

#include <cmath>
#include <cstddef>

#include "kiosk/qr_code.h"

namespace foyer {

static_assert(sizeof(Vertex) == sizeof(ImDrawVert) &&
              offsetof(Vertex, u) == offsetof(ImDrawVert, uv) &&
              offsetof(Vertex, rgba) == offsetof(ImDrawVert, col));

namespace {

ImTextureID to_imgui(TextureId texture) {
    return reinterpret_cast<ImTextureID>(texture);
}

TextureId from_imgui(ImTextureID texture) {
    return reinterpret_cast<TextureId>(texture);
}

ImVec2 top_left(const Rect& rect) {
    return {rect.x, rect.y};
}
ImVec2 bottom_right(const Rect& rect) {
    return {rect.right(), rect.bottom()};
}

Rect inset(const Rect& rect, float by) {
    return {rect.x + by, rect.y + by, rect.w - 2 * by, rect.h - 2 * by};
}

/// `share` of the way from one opaque colour to another.
std::uint32_t blend(std::uint32_t from, std::uint32_t to, float share) {
    std::uint32_t mixed = 0xFF000000U;
    for (const int shift : {0, 8, 16}) {
        const auto a = float((from >> shift) & 0xFFU);
        const auto b = float((to >> shift) & 0xFFU);
        mixed |= std::uint32_t(std::lround(a + (b - a) * share)) << shift;
    }
    return mixed;
}

/// Glyphs reach a little over the box of their line; more is a mistake.
bool reaches_out(const Rect& box, const Rect& ink, float allowed) {
    return ink.x < box.x - allowed || ink.y < box.y - allowed ||
           ink.right() > box.right() + allowed || ink.bottom() > box.bottom() + allowed;
}

/// The picture of a way at the size it was last drawn in; made once, not each frame.
struct PlanTexture {
    std::shared_ptr<const WayMap> of;
    int width = 0, height = 0;
    TextureId texture = 0;

    TextureId made(Canvas& canvas, const std::shared_ptr<const WayMap>& map, int w,
                   int h) {
        if (of == map && width == w && height == h) return texture;
        drop(canvas);
        *this = {map, w, h, canvas.make_texture(w, h, scaled(*map, w, h))};
        return texture;
    }
    void drop(Canvas& canvas) {
        if (texture != 0) canvas.drop_texture(texture);
        *this = {};
    }
};

/// One drawing of one tree. Without a list it only checks.
class Drawing {
public:
    /// What draws, beside the text.
    struct With {
        ImDrawList* list = nullptr;
        Canvas* canvas = nullptr;
        PlanTexture* plan = nullptr;
    };
    Drawing(Tree& tree, const Setting& setting, const With& with)
        : tree_(tree), setting_(setting), list_(with.list), with_(with) {}

    void node(NodeId id) {
        if (!tree_.shown(id)) return;
        box(tree_[id]);
        switch (tree_[id].content) {
            case Content::text:
                text(tree_[id]);
                break;
            case Content::icon:
                icon(tree_[id]);
                break;
            case Content::field:
                field(tree_[id]);
                break;
            case Content::qr:
                qr(tree_[id]);
                break;
            case Content::strokes:
                strokes(tree_[id]);
                break;
            case Content::plan:
                plan(tree_[id]);
                break;
            case Content::bar:
            case Content::none:
                break;
        }
        for (const auto child : tree_[id].children) node(child);
    }

private:
    std::uint32_t color(Color token) const {
        return rgba(token, setting_.comfort.high_contrast);
    }

    void box(const Node& node) {
        if (list_ == nullptr) return;
        const float radius =
            std::min({setting_.px(node.radius), node.rect.w / 2, node.rect.h / 2});
        const bool framed = node.border != Color::none && node.border_w > 0;
        const float thick = framed ? std::max(1.0F, setting_.px(node.border_w)) : 0;
        // The fill ends under the middle of the border, so that none of it shows
        // around.
        const auto line = inset(node.rect, thick / 2);
        const float line_radius = std::max(0.0F, radius - thick / 2);
        auto fill = color(node.fill);
        if (node.pressed && node.fill != Color::none)
            fill = blend(fill, color(Color::ink), 0.14F);
        if (node.pressed && node.fill == Color::none) fill = color(Color::sage);
        if (fill != 0)
            list_->AddRectFilled(top_left(line), bottom_right(line), fill, line_radius);
        if (framed)
            list_->AddRect(top_left(line), bottom_right(line), color(node.border),
                           line_radius, 0, thick);
    }

    void image(const TextBlock& block, float x, float y, std::uint32_t tint) {
        if (list_ == nullptr || block.texture == 0) return;
        const ImVec2 at{std::round(x + block.ink_x), std::round(y + block.ink_y)};
        list_->AddImage(to_imgui(block.texture), at,
                        {at.x + float(block.ink_width), at.y + float(block.ink_height)},
                        {0, 0}, {1, 1}, tint);
    }

    /// With its texture, which alone knows how far its ink reaches.
    const TextBlock& laid_out(const Node& node, float width) {
        return setting_.text.drawn(node.words, setting_.style(node), width);
    }

    void text(Node& node) {
        const auto& block = laid_out(node, node.rect.w);
        node.truncated =
            block.height > node.rect.h + 1 || block.width > node.rect.w + 1;
        // A block narrower than its node stands in it by its alignment.
        const float room = std::max(0.0F, node.rect.w - block.width);
        const auto align = node.style.align;
        const bool to_right = (align == Align::end) != block.right_to_left;
        const float x = node.rect.x + (align == Align::center ? std::round(room / 2)
                                       : to_right             ? room
                                                              : 0);
        const Rect ink{x + block.ink_x, node.rect.y + block.ink_y,
                       float(block.ink_width), float(block.ink_height)};
        node.overdrawn =
            block.texture != 0 &&
            reaches_out(node.rect, ink, std::ceil(setting_.style(node).size * 0.2F));
        image(block, x, node.rect.y, color(node.ink));
    }

    void icon(Node& node) {
        const auto& block = laid_out(node, 0);
        image(block, std::round(node.rect.x + (node.rect.w - block.width) / 2),
              std::round(node.rect.y + (node.rect.h - block.height) / 2),
              color(node.ink));
    }

    void strokes(const Node& node) {
        if (list_ == nullptr) return;
        const float thick = std::max(2.0F, setting_.px(7));
        const auto ink = color(node.ink);
        list_->PushClipRect(top_left(node.rect), bottom_right(node.rect), true);
        for (const auto& stroke : node.strokes) {
            std::vector<ImVec2> points;
            for (const auto& [x, y] : stroke)
                points.emplace_back(node.rect.x + x * node.rect.w,
                                    node.rect.y + y * node.rect.h);
            if (points.size() > 1)
                list_->AddPolyline(points.data(), int(points.size()), ink, 0, thick);
            // Round ends; a dot is all end.
            if (!points.empty()) {
                list_->AddCircleFilled(points.front(), thick / 2, ink);
                list_->AddCircleFilled(points.back(), thick / 2, ink);
            }
        }
        list_->PopClipRect();
    }

    void field(Node& node) {
        const auto style = setting_.style(node);
        std::string shown = node.words;
        const auto at = std::min(node.caret, shown.size());
        shown.insert(at, node.composing);
        const auto caret_index = at + node.composing.size();
        const bool tall = node.lines > 1;
        const float room = node.rect.w - setting_.px(6);
        const float wrap = tall ? room : 0;
        const auto caret = setting_.text.caret(shown, style, wrap, caret_index);
        // The caret stays in sight: a long name moves along under it, a long text up.
        const float shift = tall ? 0 : std::max(0.0F, caret.x - room);
        const float up =
            tall ? std::max(0.0F, caret.top + caret.height - node.rect.h) : 0;
        const float x = node.rect.x - shift;
        const float y = node.rect.y - up;
        if (list_ == nullptr) return;

        list_->PushClipRect(top_left(node.rect), bottom_right(node.rect), true);
        if (node.anchor != node.caret) {
            const auto other = setting_.text.caret(shown, style, wrap, node.anchor);
            // Over several lines, the whole of them.
            const bool one_line = other.top == caret.top;
            list_->AddRectFilled(
                {one_line ? x + std::min(caret.x, other.x) : node.rect.x,
                 y + std::min(caret.top, other.top)},
                {one_line ? x + std::max(caret.x, other.x) : node.rect.right(),
                 y + std::max(caret.top, other.top) + caret.height},
                color(Color::sage_deep));
        }
        if (!shown.empty()) {
            const auto& block = setting_.text.drawn(shown, style, wrap);
            image(block, x, y, color(node.ink));
        }
        if (!node.composing.empty()) {
            const auto begin = setting_.text.caret(shown, style, wrap, at);
            const float line = y + caret.top + caret.height;
            const float from = begin.top == caret.top ? begin.x : 0;
            list_->AddRectFilled({x + from, line - setting_.px(3)}, {x + caret.x, line},
                                 color(node.ink));
        }
        if (node.focused)
            list_->AddRectFilled({x + caret.x, y + caret.top},
                                 {x + caret.x + std::max(2.0F, setting_.px(4)),
                                  y + caret.top + caret.height},
                                 color(Color::pine));
        list_->PopClipRect();
    }

    void qr(const Node& node) {
        if (list_ == nullptr) return;
        const auto code = encode_qr(node.words);
        if (!code) return;
        // Four modules of quiet zone belong to the code (ISO/IEC 18004).
        const int all = code->size + 8;
        const float module =
            std::floor(std::min(node.rect.w, node.rect.h) / float(all));
        const float x0 =
            node.rect.x + std::floor((node.rect.w - module * float(code->size)) / 2);
        const float y0 =
            node.rect.y + std::floor((node.rect.h - module * float(code->size)) / 2);
        const auto ink = color(Color::black);
        const auto flags = list_->Flags;
        list_->Flags &= ~ImDrawListFlags_AntiAliasedFill;
        for (int y = 0; y < code->size; ++y) {
            for (int x = 0; x < code->size; ++x) {
                if (!code->at(x, y)) continue;
                int run = x;
                while (run < code->size && code->at(run, y)) ++run;
                list_->AddRectFilled(
                    {x0 + module * float(x), y0 + module * float(y)},
                    {x0 + module * float(run), y0 + module * float(y + 1)}, ink);
                x = run;
            }
        }
        list_->Flags = flags;
    }

    /// Whole in its node, at a whole pixel: the canvas in memory does not filter.
    void plan(const Node& node) {
        if (list_ == nullptr || !node.plan) return;
        const auto room = inset(node.rect, setting_.px(16));
        const auto& map = *node.plan;
        const float scale =
            std::min(room.w / float(map.width), room.h / float(map.height));
        const int w = std::max(1, int(float(map.width) * scale));
        const int h = std::max(1, int(float(map.height) * scale));
        const auto texture = with_.plan->made(*with_.canvas, node.plan, w, h);
        if (texture == 0) return;
        const ImVec2 at{std::round(room.x + (room.w - float(w)) / 2),
                        std::round(room.y + (room.h - float(h)) / 2)};
        list_->AddImage(to_imgui(texture), at, {at.x + float(w), at.y + float(h)},
                        {0, 0}, {1, 1}, color(Color::black));
    }

    Tree& tree_;
    const Setting& setting_;
    ImDrawList* list_;
    With with_;
};

void send(const ImDrawData& data, Canvas& canvas) {
    for (int i = 0; i < data.CmdListsCount; ++i) {
        const auto& list = *data.CmdLists[i];
        for (const auto& command : list.CmdBuffer) {
            const auto* vertices = reinterpret_cast<const Vertex*>(list.VtxBuffer.Data +
                                                                   command.VtxOffset);
            const auto& clip = command.ClipRect;
            canvas.triangles(
                from_imgui(command.TextureId),
                {vertices, std::size_t(list.VtxBuffer.Size) - command.VtxOffset},
                {list.IdxBuffer.Data + command.IdxOffset, command.ElemCount},
                {int(clip.x), int(clip.y), int(clip.z - clip.x), int(clip.w - clip.y)});
        }
    }
}

}  // namespace

struct Painter::Inside {
    Canvas& canvas;
    ImGuiContext* context = nullptr;
    std::function<void()> beside;
    PlanTexture plan = {};
};

Painter::Painter(Canvas& canvas)
    : inside_(std::make_unique<Inside>(Inside{canvas, nullptr, {}, {}})) {
    inside_->context = ImGui::CreateContext();
    auto& io = ImGui::GetIO();
    io.IniFilename = nullptr;
    io.LogFilename = nullptr;
    auto& style = ImGui::GetStyle();
    // Smooth edges by geometry: a texture of lines needs filtering, which the canvas in
    // memory does not do.
    style.AntiAliasedLinesUseTex = false;
    style.CircleTessellationMaxError = 0.1F;
    io.BackendFlags |= ImGuiBackendFlags_RendererHasVtxOffset;
    unsigned char* pixels = nullptr;
    int width = 0, height = 0;
    io.Fonts->GetTexDataAsAlpha8(&pixels, &width, &height);
    const auto texture = canvas.make_texture(
        width, height, {pixels, std::size_t(width) * std::size_t(height)});
    io.Fonts->SetTexID(to_imgui(texture));
}

Painter::~Painter() {
    inside_->plan.drop(inside_->canvas);
    inside_->canvas.drop_texture(from_imgui(ImGui::GetIO().Fonts->TexID));
    ImGui::DestroyContext(inside_->context);
}

void Painter::paint(Tree& tree, const Setting& setting) {
    auto& io = ImGui::GetIO();
    io.DisplaySize = {float(inside_->canvas.width()), float(inside_->canvas.height())};
    io.DeltaTime = 1.0F / 60;
    ImGui::NewFrame();
    auto* list = ImGui::GetBackgroundDrawList();
    Drawing(tree, setting, {list, &inside_->canvas, &inside_->plan}).node(0);
    if (inside_->beside) inside_->beside();
    ImGui::Render();
    inside_->canvas.begin(rgba(tree[0].fill, setting.comfort.high_contrast));
    send(*ImGui::GetDrawData(), inside_->canvas);
    inside_->canvas.end();
}

void Painter::beside(std::function<void()> draw) {
    inside_->beside = std::move(draw);
}

void Painter::check(Tree& tree, const Setting& setting) {
    Drawing(tree, setting, {}).node(0);
}

void Painter::wipe() {
    auto* list = ImGui::GetBackgroundDrawList();
    std::fill_n(list->VtxBuffer.Data, list->VtxBuffer.Capacity, ImDrawVert{});
    std::fill_n(list->IdxBuffer.Data, list->IdxBuffer.Capacity, ImDrawIdx{0});
}

}  // namespace foyer
