#include "app/interrupt.hpp"

#include "geo/error.hpp"

#include <csignal>
#include <unistd.h>

namespace harmattan::app {

namespace {

std::atomic<bool> stop{false};
std::atomic<int> received{SIGINT};

extern "C" void on_signal(int signal) {
    if (stop.exchange(true)) _exit(128 + signal);
    received = signal;
}

} // namespace

const std::atomic<bool>& interrupted() { return stop; }
void stop_if_interrupted() {
    if (stop) throw geo::Error(geo::ErrorKind::interrupted, "stopped as asked");
}
int interrupt_exit_code() { return 128 + received; }

void install_interrupt_handlers() {
    struct sigaction action {};
    action.sa_handler = on_signal;
    for (const int signal : {SIGINT, SIGTERM, SIGHUP}) sigaction(signal, &action, nullptr);
    // A reader that goes away shows as a failed write, not as a death without a word.
    action.sa_handler = SIG_IGN;
    sigaction(SIGPIPE, &action, nullptr);
}

} // namespace harmattan::app
