package kotlin.coroutines;

/** What Kotlin's compiler gives a {@code suspend} function as its last parameter, as far as the tests need it. */
public interface Continuation<T> {

    /** Goes on with a result. */
    void resumeWith(T result);
}
