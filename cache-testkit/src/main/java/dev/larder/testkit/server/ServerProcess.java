package dev.larder.testkit.server;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A running server, and the signals it can be sent. */
final class ServerProcess {

    private static final long SECONDS_TO_END = 10;

    private final Process process;

    private ServerProcess(Process process) {
        this.process = process;
    }

    /** Starts a program; what it prints is added to a file. */
    static ServerProcess start(List<String> command, File folder, File log) {
        try {
            Process process = new ProcessBuilder(command)
                    .directory(folder)
                    .redirectErrorStream(true)
                    .redirectOutput(Redirect.appendTo(log))
                    .start();
            Reaper.began(process);
            return new ServerProcess(process);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Ends it with SIGKILL, which it cannot prepare for. Returns when it is gone. */
    void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    /** Asks it to end, which lets it save what it wants to save, and kills it if it does not. Returns when it is gone. */
    void stop() {
        signal("CONT");
        process.destroy();
        try {
            if (!process.waitFor(SECONDS_TO_END, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        awaitEnd();
    }

    /** Sends it a signal, unless it is gone. */
    void signal(String name) {
        if (!process.isAlive()) {
            return;
        }
        try {
            new ProcessBuilder("sh", "-c", "kill -" + name + " " + process.pid())
                    .redirectErrorStream(true)
                    .redirectOutput(Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while sending SIG" + name, e);
        }
    }

    /** Waits also if the thread is interrupted: no process may stay behind, and a killed one ends at once. */
    private void awaitEnd() {
        process.onExit().join();
        Reaper.ended(process);
    }
}
