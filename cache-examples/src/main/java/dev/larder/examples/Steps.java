package dev.larder.examples;

import java.io.PrintStream;
import java.util.Locale;

/** Tells a person what the program is doing, in one line a step. */
final class Steps {

    private final PrintStream out;
    private final int count;
    private int number;
    private long beginNanos;

    Steps(PrintStream out, int count) {
        this.out = out;
        this.count = count;
    }

    void begin(String what) {
        number++;
        beginNanos = System.nanoTime();
        out.print("[" + number + "/" + count + "] " + what + " ... ");
        out.flush();
    }

    void progress(int percent) {
        out.print(percent + " % ... ");
        out.flush();
    }

    void end() {
        out.println(String.format(Locale.ROOT, "%.1f s", (System.nanoTime() - beginNanos) / 1e9));
    }
}
