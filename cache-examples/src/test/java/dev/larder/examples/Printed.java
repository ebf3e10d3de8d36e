package dev.larder.examples;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What a program printed. */
public final class Printed {

    private Printed() {}

    /** A program without arguments. */
    @FunctionalInterface
    public interface Program {
        void run() throws Exception;
    }

    /** Runs a program and returns the lines that it printed. */
    public static List<String> by(Program program) throws Exception {
        PrintStream usual = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            program.run();
        } finally {
            System.setOut(usual);
        }
        return printed.toString(StandardCharsets.UTF_8).lines().toList();
    }
}
