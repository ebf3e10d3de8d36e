package dev.larder.copy;

/**
 * How the values of a class are copied. Keeps nothing of a value, and of a class only what that class itself holds (see
 * {@link Strategies}).
 */
@FunctionalInterface
interface Strategy {

    /** Shares the value. Compared by identity, so that the usual case skips the call. */
    Strategy SHARE = (value, graph) -> value;

    /** Gives up on copying piece by piece: the whole value goes through serialisation. */
    Strategy SERIALIZE = (value, graph) -> graph.giveUp(value);

    /** Copies the value, and what it contains through {@code graph}. */
    Object copy(Object value, GraphCopy graph);
}
