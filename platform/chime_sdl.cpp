#include <SDL.h>

#include <cmath>
#include <numbers>

#include "platform/chime.h"

namespace foyer {

namespace {

constexpr int rate = 44'100;
constexpr double loudest = 0.35;

class SdlChime final : public Chime {
public:
    ~SdlChime() override {
        close();
        if (started_) SDL_QuitSubSystem(SDL_INIT_AUDIO);
    }

    Result<void> ring() override {
        if (device_ != 0 && SDL_GetAudioDeviceStatus(device_) == SDL_AUDIO_STOPPED)
            close();  // unplugged
        if (device_ == 0) TRY(open());
        if (SDL_GetQueuedAudioSize(device_) > 0) return {};
        const auto samples = chime_samples(rate);
        if (SDL_QueueAudio(device_, samples.data(),
                           Uint32(samples.size() * sizeof samples.front())) != 0) {
            close();
            return no_sound();
        }
        SDL_PauseAudioDevice(device_, 0);
        return {};
    }

private:
    static tl::unexpected<Error> no_sound() {
        return fail(Error::Code::offline, std::string("sound: ") + SDL_GetError());
    }

    Result<void> open() {
        if (!started_ && SDL_InitSubSystem(SDL_INIT_AUDIO) != 0) return no_sound();
        started_ = true;
        SDL_AudioSpec wanted{};
        wanted.freq = rate;
        wanted.format = AUDIO_S16SYS;
        wanted.channels = 1;
        wanted.samples = 2048;
        device_ = SDL_OpenAudioDevice(nullptr, 0, &wanted, nullptr, 0);
        if (device_ == 0) return no_sound();
        return {};
    }
    void close() {
        if (device_ != 0) SDL_CloseAudioDevice(device_);
        device_ = 0;
    }

    bool started_ = false;
    SDL_AudioDeviceID device_ = 0;
};

}  // namespace

std::vector<std::int16_t> chime_samples(int samples_per_second) {
    struct Note {
        double hertz, begins, lasts;
    };
    constexpr Note notes[] = {{659.26, 0.0, 0.9}, {523.25, 0.3, 0.9}};
    constexpr double length = 1.2, attack = 0.01, decay = 0.22;
    std::vector<std::int16_t> samples(std::size_t(length * samples_per_second));
    for (std::size_t i = 0; i < samples.size(); ++i) {
        const double at = double(i) / samples_per_second;
        double sum = 0;
        for (const auto& note : notes) {
            const double t = at - note.begins;
            if (t < 0 || t > note.lasts) continue;
            const double loud = std::min(1.0, t / attack) * std::exp(-t / decay);
            const double turn = 2 * std::numbers::pi * note.hertz * t;
            sum += loud * (0.8 * std::sin(turn) + 0.2 * std::sin(2 * turn));
        }
        samples[i] = std::int16_t(std::lround(sum * loudest * 32'767 / 1.2));
    }
    return samples;
}

std::unique_ptr<Chime> loudspeaker_chime() {
    return std::make_unique<SdlChime>();
}

}  // namespace foyer
