package dev.larder.testkit.server;

import java.util.List;

/** The end of a log, as much as one wants to read in a message. */
final class LogTail {

    private static final int LINES = 20;

    private LogTail() {}

    static String of(String log) {
        List<String> lines = log.lines().toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - LINES), lines.size()));
    }
}
