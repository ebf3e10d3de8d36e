package dev.larder.patterns.behind;

import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/** Hands changes that will not be written to the user's handler. */
final class DeadLetters<K, V> {

    private static final System.Logger LOGGER = System.getLogger(WriteBehind.class.getName());

    private final String name;
    private final Consumer<? super DeadLetter<K, V>> handler;
    private final LongAdder taken = new LongAdder();
    private final LongAdder shed = new LongAdder();

    DeadLetters(String name, Consumer<? super DeadLetter<K, V>> handler) {
        this.name = name;
        this.handler = handler;
    }

    /** Returns the handler of those who have none: a line in the log, without key and value. */
    static Consumer<DeadLetter<?, ?>> logged(String name) {
        return letter -> LOGGER.log(
                System.Logger.Level.ERROR,
                () -> "write-behind \"" + name + "\" lost a change because there is no handler for it: " + letter);
    }

    /** Hands a letter over and returns whether the handler took it, which it did not if it threw something. */
    boolean take(DeadLetter<K, V> letter) {
        try {
            handler.accept(letter);
        } catch (RuntimeException e) {
            LOGGER.log(
                    System.Logger.Level.ERROR,
                    () -> "write-behind \"" + name + "\": the handler of dead letters failed with a " + letter,
                    e);
            return false;
        }
        (letter.reason() == DeadLetter.Reason.SHED ? shed : taken).increment();
        return true;
    }

    long taken() {
        return taken.sum();
    }

    long shed() {
        return shed.sum();
    }
}
