package dev.larder.testkit.history;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The calls of all clients of a cache, which had no value for any of their keys when the first of them began.
 *
 * <p>Left out is what says nothing: calls that were surely not applied, and reads of which nobody knows the answer. Immutable.
 */
public final class History {

    private final List<Call> calls;

    private History(List<Call> calls) {
        this.calls = calls;
    }

    /** Returns a history of these calls, in whatever order. */
    public static History of(List<Call> calls) {
        return new History(calls.stream()
                .filter(call -> !call.isUnknown() || !call.operation().kind().isRead())
                .toList());
    }

    /**
     * Reads what {@link HistoryRecorder}s wrote, one file for each process. A call without an end has an unknown outcome, and a last
     * line that was not written to its end does not count.
     *
     * @throws IllegalArgumentException if a file holds something else
     */
    public static History read(Path... files) throws IOException {
        List<Call> calls = new ArrayList<>();
        for (Path file : files) {
            calls.addAll(new Reader(file).read());
        }
        return of(calls);
    }

    /** Returns the calls, in no order. */
    public List<Call> calls() {
        return calls;
    }

    SortedMap<String, List<Call>> byKey() {
        return calls.stream().collect(Collectors.groupingBy(Call::key, TreeMap::new, Collectors.toList()));
    }

    /** Puts together the begin and the end of each call in one file. */
    private static final class Reader {

        private final Path file;
        private final Map<String, Call> pending = new HashMap<>();
        private final List<Call> ended = new ArrayList<>();

        Reader(Path file) {
            this.file = file;
        }

        List<Call> read() throws IOException {
            String text = Files.readString(file, StandardCharsets.UTF_8);
            text.substring(0, text.lastIndexOf('\n') + 1).lines().forEach(this::accept);
            ended.addAll(pending.values());
            return ended;
        }

        private void accept(String line) {
            try {
                accept(line.split(" ", -1));
            } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
                throw new IllegalArgumentException(file + " is no history: " + line, e);
            }
        }

        private void accept(String[] fields) {
            String number = fields[1];
            switch (fields[0]) {
                case Lines.BEGAN -> pending.put(number, Lines.begun(file.getFileName() + "#" + number, fields));
                case Lines.ANSWERED -> ended.add(Lines.ended(requireBegun(pending.remove(number)), fields));
                case Lines.NOT_APPLIED -> requireBegun(pending.remove(number));
                default -> throw new IllegalArgumentException("a line cannot begin with " + fields[0]);
            }
        }

        private static Call requireBegun(@Nullable Call call) {
            if (call == null) {
                throw new IllegalArgumentException("the call has no begin, or two ends");
            }
            return call;
        }
    }
}
