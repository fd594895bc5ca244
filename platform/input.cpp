#include "platform/input.h"

#include <SDL.h>

#include <optional>

#include "platform/window.h"

namespace foyer {

namespace {

/// The finger that counts, while it is down.
std::optional<SDL_FingerID>& first_finger() {
    static std::optional<SDL_FingerID> finger;
    return finger;
}

std::optional<Touch> from_finger(const SDL_TouchFingerEvent& event,
                                 const Window& window) {
    auto& first = first_finger();
    const auto at = window.touch_to_upright(event.x, event.y);
    const auto touch = [&](Touch::What what) {
        return Touch{what, float(at.x), float(at.y)};
    };
    if (event.type == SDL_FINGERDOWN) {
        if (first) return std::nullopt;
        first = event.fingerId;
        return touch(Touch::What::down);
    }
    if (first != event.fingerId) return std::nullopt;
    if (event.type == SDL_FINGERMOTION) return touch(Touch::What::moved);
    first.reset();
    return touch(Touch::What::up);
}

std::optional<Touch> from_mouse(const SDL_Event& event, const Window& window) {
    const bool motion = event.type == SDL_MOUSEMOTION;
    // SDL also tells fingers as a mouse; those were taken as fingers.
    const auto which = motion ? event.motion.which : event.button.which;
    if (which == SDL_TOUCH_MOUSEID) return std::nullopt;
    if (motion && (event.motion.state & SDL_BUTTON_LMASK) == 0) return std::nullopt;
    if (!motion && event.button.button != SDL_BUTTON_LEFT) return std::nullopt;
    const auto at =
        window.to_upright(motion ? PixelPoint{event.motion.x, event.motion.y}
                                 : PixelPoint{event.button.x, event.button.y});
    const auto what = motion                              ? Touch::What::moved
                      : event.type == SDL_MOUSEBUTTONDOWN ? Touch::What::down
                                                          : Touch::What::up;
    return Touch{what, float(at.x), float(at.y)};
}

std::optional<Key> from_key(const SDL_KeyboardEvent& event) {
    const bool ctrl = (event.keysym.mod & KMOD_CTRL) != 0;
    const bool shift = (event.keysym.mod & KMOD_SHIFT) != 0;
    using Name = Key::Name;
    const auto key = [&](Name name) { return Key{name, shift}; };
    if (ctrl) {
        switch (event.keysym.sym) {
            case SDLK_z:
                return key(shift ? Name::redo : Name::undo);
            case SDLK_y:
                return key(Name::redo);
            case SDLK_c:
                return key(Name::copy);
            case SDLK_x:
                return key(Name::cut);
            case SDLK_v:
                return key(Name::paste);
            case SDLK_a:
                return key(Name::all);
            default:
                return std::nullopt;
        }
    }
    switch (event.keysym.sym) {
        case SDLK_BACKSPACE:
            return key(Name::back);
        case SDLK_DELETE:
            return key(Name::del);
        case SDLK_LEFT:
            return key(Name::left);
        case SDLK_RIGHT:
            return key(Name::right);
        case SDLK_HOME:
            return key(Name::home);
        case SDLK_END:
            return key(Name::end);
        case SDLK_RETURN:
        case SDLK_KP_ENTER:
            return key(Name::enter);
        case SDLK_TAB:
            return key(Name::tab);
        default:
            return std::nullopt;
    }
}

}  // namespace

std::vector<Input> take_input(const Window& window) {
    std::vector<Input> all;
    SDL_Event event;
    while (SDL_PollEvent(&event) != 0) {
        const std::chrono::milliseconds at{event.common.timestamp};
        const auto add = [&](const auto& what) {
            if (what) all.push_back({*what, at});
        };
        switch (event.type) {
            case SDL_FINGERDOWN:
            case SDL_FINGERMOTION:
            case SDL_FINGERUP:
                add(from_finger(event.tfinger, window));
                break;
            case SDL_MOUSEBUTTONDOWN:
            case SDL_MOUSEBUTTONUP:
            case SDL_MOUSEMOTION:
                add(from_mouse(event, window));
                break;
            case SDL_TEXTINPUT:
                all.push_back({Text{event.text.text}, at});
                break;
            case SDL_TEXTEDITING:
                all.push_back({Composing{event.edit.text}, at});
                break;
            case SDL_KEYDOWN:
                add(from_key(event.key));
                break;
            case SDL_QUIT:
                all.push_back({CloseAsked{}, at});
                break;
            case SDL_WINDOWEVENT:
            case SDL_RENDER_TARGETS_RESET:
            case SDL_RENDER_DEVICE_RESET:
                all.push_back({Exposed{}, at});
                break;
            default:
                break;
        }
    }
    return all;
}

}  // namespace foyer
