package dev.larder.testkit.server;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;

/**
 * Ends servers that are still there when this JVM is not.
 *
 * <p>It is a shell that is told of each server through a pipe. The pipe ends with the JVM, in whatever way that ends; a
 * shutdown hook would not run after {@code kill -9} or {@code Runtime.halt}, by which builds end tests that hang.
 */
final class Reaper {

    /** An interrupt from the keyboard reaches the shell too, before the JVM has closed what it can. */
    private static final String SCRIPT = """
            trap '' HUP INT TERM
            alive=
            while read -r what pid; do
              rest=
              for each in $alive; do
                [ "$each" = "$pid" ] || rest="$rest $each"
              done
              alive=$rest
              [ "$what" = ended ] || alive="$alive $pid"
            done
            [ -z "$alive" ] || kill -KILL $alive
            """;

    private static final Reaper INSTANCE = new Reaper();

    private final OutputStream pipe;

    private Reaper() {
        try {
            pipe = new ProcessBuilder("sh", "-c", SCRIPT)
                    .redirectOutput(Redirect.DISCARD)
                    .redirectError(Redirect.DISCARD)
                    .start()
                    .getOutputStream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Tells of a process that must not outlive this JVM. */
    static void began(Process process) {
        INSTANCE.tell("began", process);
    }

    /** Tells of a process that has ended; its number may soon be that of another. */
    static void ended(Process process) {
        INSTANCE.tell("ended", process);
    }

    private synchronized void tell(String what, Process process) {
        try {
            pipe.write((what + " " + process.pid() + "\n").getBytes(StandardCharsets.US_ASCII));
            pipe.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
