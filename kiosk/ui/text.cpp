#include "kiosk/ui/text.h"

#include <algorithm>
#include <functional>
#include <unordered_map>

#include "kiosk/ui/text_overwrite.h"
#include "kiosk/ui/text_typesetter.h"

namespace foyer {
namespace {

/// Blocks unused for so many frames are let go of: a screen left and not come back to.
constexpr long frames_kept = 120;
/// Past this, all that the last frame did not use. Counted as a texture is kept by the
/// renderer, four bytes a pixel.
constexpr std::size_t texture_budget = 20U << 20U;

/// What a block depends on.
template <class Text>
struct Key {
    Text text;
    TextStyle style;
    float max_width = 0;
    int language = 0;
    bool operator==(const Key&) const = default;
};
using OwnKey = Key<std::string>;
using KeyView = Key<std::string_view>;

KeyView view(const OwnKey& key) {
    return {key.text, key.style, key.max_width, key.language};
}
const KeyView& view(const KeyView& key) {
    return key;
}

struct Hash {
    using is_transparent = void;
    std::size_t operator()(const auto& any) const {
        const KeyView key = view(any);
        std::size_t sum = std::hash<std::string_view>{}(key.text);
        const auto mix = [&](std::size_t part) {
            sum = (sum ^ part) * std::size_t{0x9E3779B97F4A7C15U};
        };
        mix(std::hash<float>{}(key.style.size));
        mix(std::hash<float>{}(key.style.line_height));
        mix(std::hash<float>{}(key.max_width));
        mix(static_cast<std::size_t>(key.style.weight));
        mix(static_cast<std::size_t>(key.style.face) * 8 +
            static_cast<std::size_t>(key.style.align));
        mix(static_cast<std::size_t>(key.language));
        return sum;
    }
};

struct Equal {
    using is_transparent = void;
    bool operator()(const auto& a, const auto& b) const { return view(a) == view(b); }
};

struct Entry {
    TextBlock block;
    /// Made again when a caret is asked for after it was drawn.
    std::shared_ptr<const Laid> laid;
    bool drawn = false;
    long last_used = 0;

    std::size_t bytes() const {
        return block.texture == 0
                   ? 0
                   : std::size_t{4} * static_cast<std::size_t>(block.ink_width) *
                         static_cast<std::size_t>(block.ink_height);
    }
};

}  // namespace

struct TextEngine::Inside {
    Canvas& canvas;
    Typesetter typesetter;
    std::vector<std::string> languages;  ///< seen so far; a key holds the place in it
    int language = 0;
    std::unordered_map<OwnKey, std::unique_ptr<Entry>, Hash, Equal> blocks;
    std::size_t texture_bytes = 0;
    long frame = 0;

    explicit Inside(Canvas& on) : canvas(on) { set_language("en"); }

    void set_language(std::string_view tag) {
        const auto known = std::ranges::find(languages, tag);
        language = static_cast<int>(known - languages.begin());
        if (known == languages.end()) languages.emplace_back(tag);
        typesetter.set_language(tag);
    }

    std::shared_ptr<const Laid> lay(const KeyView& key) {
        return typesetter.lay(key.text, key.style, key.max_width);
    }

    void draw(const KeyView& key, Entry& entry) {
        entry.drawn = true;
        if (!entry.laid) entry.laid = lay(key);
        TextBlock& block = entry.block;
        Coverage ink = typesetter.ink(*entry.laid, block, key.style);
        entry.laid.reset();
        if (ink.alpha.empty()) return;
        block.ink_x = static_cast<float>(ink.left);
        block.ink_y = static_cast<float>(ink.top);
        block.ink_width = ink.width;
        block.ink_height = ink.height;
        block.texture = canvas.make_texture(ink.width, ink.height, ink.alpha);
        texture_bytes += entry.bytes();
        overwrite(ink.alpha);
    }

    Entry& entry(const KeyView& key) {
        auto known = blocks.find(key);
        if (known == blocks.end()) {
            auto made = std::make_unique<Entry>();
            made->laid = lay(key);
            made->block = typesetter.measure(*made->laid, key.style);
            known = blocks
                        .emplace(OwnKey{heap_copy(key.text), key.style, key.max_width,
                                        key.language},
                                 std::move(made))
                        .first;
        }
        known->second->last_used = frame;
        return *known->second;
    }

    Entry& laid_entry(const KeyView& key) {
        Entry& found = entry(key);
        if (!found.laid) found.laid = lay(key);
        return found;
    }

    void drop(Entry& entry) {
        texture_bytes -= entry.bytes();
        if (entry.block.texture != 0) canvas.drop_texture(entry.block.texture);
        entry.block.texture = 0;
    }

    /// Lets go of the blocks last used before `frame_number`, their texts overwritten,
    /// and of Pango's work on the others.
    void drop_before(long frame_number) {
        for (auto at = blocks.begin(); at != blocks.end();) {
            const auto here = at++;
            here->second->laid.reset();
            if (here->second->last_used >= frame_number) continue;
            auto taken = blocks.extract(here);
            drop(*taken.mapped());
            overwrite(taken.key().text);
        }
    }

    KeyView key(std::string_view text, const TextStyle& style, float max_width) const {
        return {text, style, std::max(max_width, 0.0F), language};
    }
};

TextEngine::TextEngine(Canvas& canvas) : inside_(std::make_unique<Inside>(canvas)) {}

TextEngine::~TextEngine() {
    inside_->drop_before(inside_->frame + 1);
}

void TextEngine::set_language(std::string_view language) {
    inside_->set_language(language);
}

const TextBlock& TextEngine::layout(std::string_view text, const TextStyle& style,
                                    float max_width) {
    return inside_->entry(inside_->key(text, style, max_width)).block;
}

const TextBlock& TextEngine::drawn(std::string_view text, const TextStyle& style,
                                   float max_width) {
    const KeyView key = inside_->key(text, style, max_width);
    Entry& entry = inside_->entry(key);
    if (!entry.drawn) inside_->draw(key, entry);
    return entry.block;
}

Caret TextEngine::caret(std::string_view text, const TextStyle& style, float max_width,
                        std::size_t index) {
    const Entry& entry = inside_->laid_entry(inside_->key(text, style, max_width));
    return inside_->typesetter.caret(*entry.laid, entry.block, style,
                                     std::min(index, text.size()));
}

std::size_t TextEngine::index_at(std::string_view text, const TextStyle& style,
                                 float max_width, float x, float y) {
    const Entry& entry = inside_->laid_entry(inside_->key(text, style, max_width));
    return Typesetter::index_at(*entry.laid, entry.block, x, y);
}

void TextEngine::next_frame() {
    ++inside_->frame;
    if (inside_->texture_bytes > texture_budget)
        inside_->drop_before(inside_->frame - 1);
    else if (inside_->frame % 16 == 0)
        inside_->drop_before(inside_->frame - frames_kept);
}

void TextEngine::wipe() {
    inside_->drop_before(inside_->frame + 1);
    inside_->typesetter.wipe();
}

}  // namespace foyer
