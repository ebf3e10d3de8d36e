package dev.larder.patterns.session;

import dev.larder.patterns.session.internal.record.Answer;
import dev.larder.patterns.session.internal.record.Answer.Outcome;
import dev.larder.patterns.session.internal.record.DamagedBytesException;
import dev.larder.patterns.session.internal.record.Discard;
import dev.larder.patterns.session.internal.record.Leave;
import dev.larder.patterns.session.internal.record.Prepare;
import dev.larder.patterns.session.internal.record.RecordFormat;
import dev.larder.patterns.session.internal.record.SessionRecord;
import dev.larder.patterns.session.internal.record.Step;
import dev.larder.patterns.session.internal.record.Stored;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells a cache that was away what was done here meanwhile. For one thread at a time; others may change sessions here while it is told. */
final class Telling {

    private final Records store;
    private final LocalCopies copies;

    Telling(Records store, LocalCopies copies) {
        this.store = store;
        this.copies = copies;
    }

    /** Tells what there is to tell: the ends of sessions and of ids, then all else. */
    void tell() {
        copies.untold().stream().filter(copies::isDead).forEach(this::tell);
        copies.untold().forEach(this::tell);
    }

    private void tell(String key) {
        List<Step> steps = copies.takeSteps(key);
        int told = 0;
        try {
            for (Step step : steps) {
                tell(key, step);
                told++;
            }
        } finally {
            if (told < steps.size()) {
                copies.putBack(key, steps.subList(told, steps.size()));
            }
            if (told > 0) {
                copies.noteTold(key);
            }
        }
    }

    private void tell(String key, Step step) {
        if (step instanceof Leave move) {
            move(key, move);
        } else {
            follow(key, step);
        }
    }

    /** Makes a step where the session is by now, if it was given another id there. */
    private void follow(String key, Step step) {
        String at = key;
        Step next = step;
        for (int moves = 0; next != null && moves < Ending.MOST_MOVES; moves++) {
            Answer answer = store.invoke(at, next);
            if (answer.outcome() != Outcome.MOVED) {
                return;
            }
            at = answer.whereTo();
            next = next.afterMove();
        }
    }

    /** Gives a session the id that it was given here, with all that others changed there, whatever id they gave it. */
    private void move(String key, Leave move) {
        String at = key;
        for (int tries = 0; tries < Ending.MOST_MOVES; tries++) {
            Answer answer = store.invoke(at, prepared(at, move));
            switch (answer.outcome()) {
                case DONE -> {
                    copies.dropPreparations(move.successor());
                    return;
                }
                case MOVED -> at = answer.whereTo();
                case GONE -> {
                    copies.forget(move.successor()); // it had ended there before it moved here
                    store.invoke(move.successor(), new Discard());
                    return;
                }
                default -> {} // it was changed there just now
            }
        }
        store.invoke(at, move);
    }

    /** Copies the session to its new key as it is there, and returns the step that makes the old one a dead one if it still is so then. */
    private Leave prepared(String at, Leave move) {
        if (!copies.isUntold(move.successor()) || !(read(at) instanceof SessionRecord there)) {
            return move;
        }
        SessionRecord copy = there.movedAt(move.moment().nowMillis());
        store.invoke(move.successor(), new Prepare(move.moment(), copy));
        return new Leave(move.moment(), there.version(), move.successor(), move.followedMillis());
    }

    private @Nullable Stored read(String key) {
        byte[] bytes = store.get(key);
        try {
            return bytes == null ? null : RecordFormat.decode(bytes);
        } catch (DamagedBytesException e) {
            return null;
        }
    }
}
