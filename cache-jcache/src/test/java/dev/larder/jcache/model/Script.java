package dev.larder.jcache.model;

import dev.larder.jcache.LarderEntry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.cache.processor.EntryProcessor;
import javax.cache.processor.EntryProcessorException;
import javax.cache.processor.MutableEntry;

/** An entry processor that does what is written down, and reports what it saw. */
record Script<V>(List<Move> moves, ValuePool<V> values) implements EntryProcessor<String, V, Script.Report> {

    /** What a processor can do to its entry. */
    enum Action {
        GET,
        EXISTS,
        SET,
        REMOVE,
        SET_TTL,
        /** Names one tag. */
        SET_TAGS,
        /** Changes the value that was got or set last. */
        CHANGE,
        FAIL,
        FAIL_BY_THE_STANDARD,
        /** Lets the processor return null in the end. */
        KEEP_SILENT
    }

    record Move(Action action, int number) {

        @Override
        public String toString() {
            return switch (action) {
                case SET, SET_TTL, SET_TAGS, CHANGE -> action + " " + number;
                default -> action.toString();
            };
        }
    }

    /** What a processor saw, as it was in the end. */
    record Report(List<String> seen) {}

    @Override
    public Report process(MutableEntry<String, V> entry, Object... arguments) {
        List<Object> seen = new ArrayList<>();
        V last = null;
        for (Move move : moves) {
            switch (move.action()) {
                case GET -> {
                    last = entry.getValue();
                    seen.add(last);
                }
                case EXISTS -> seen.add(entry.exists());
                case SET -> {
                    last = values.of(move.number());
                    entry.setValue(last);
                }
                case REMOVE -> entry.remove();
                case SET_TTL -> entry.unwrap(LarderEntry.class).setTtl(Duration.ofMillis(move.number()));
                case SET_TAGS -> entry.unwrap(LarderEntry.class).setTags("t" + move.number());
                case CHANGE -> change(last, move.number());
                case FAIL -> throw new IllegalArgumentException("no");
                case FAIL_BY_THE_STANDARD -> throw new EntryProcessorException("no");
                case KEEP_SILENT -> {}
            }
        }
        boolean isSilent = moves.stream().anyMatch(move -> move.action() == Action.KEEP_SILENT);
        return isSilent ? null : new Report(seen.stream().map(values::text).toList());
    }

    private void change(V value, int number) {
        if (value != null) {
            values.change(value, number);
        }
    }
}
