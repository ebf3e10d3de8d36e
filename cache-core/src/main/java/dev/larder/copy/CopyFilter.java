package dev.larder.copy;

import java.io.ObjectInputFilter;
import org.jspecify.annotations.Nullable;

/**
 * The filter on the way back from bytes: limits, then the user's filter and the JVM's. Which classes may appear at all is
 * decided by {@link SerialInput}. Remembers why it refused, which the JDK's exception does not say.
 */
final class CopyFilter implements ObjectInputFilter {

    /** Most bytes that one value may take on its way; also the longest array, which can be no longer than that. */
    static final int MAX_BYTES = 256 << 20;

    static final int MAX_REFERENCES = 50_000_000;
    static final int MAX_DEPTH = 10_000;

    private final @Nullable ObjectInputFilter first;
    private @Nullable ObjectInputFilter second;
    private @Nullable String refusal;

    CopyFilter(@Nullable ObjectInputFilter userFilter) {
        this.first = userFilter;
    }

    CopyFilter and(@Nullable ObjectInputFilter another) {
        second = another;
        return this;
    }

    @Nullable
    String refusal() {
        return refusal;
    }

    @Override
    public Status checkInput(FilterInfo info) {
        String excess = excess(info);
        if (excess != null) {
            return refuse(excess);
        }
        Class<?> type = info.serialClass();
        if (type != null && StandIn.class.isAssignableFrom(type)) {
            return Status.ALLOWED;
        }
        if (rejects(first, info) || rejects(second, info)) {
            return refuse(type == null ? "a limit of the serialisation filter" : "class " + type.getTypeName());
        }
        return Status.UNDECIDED;
    }

    private Status refuse(String what) {
        refusal = what;
        return Status.REJECTED;
    }

    private static boolean rejects(@Nullable ObjectInputFilter filter, FilterInfo info) {
        return filter != null && filter.checkInput(info) == Status.REJECTED;
    }

    private static @Nullable String excess(FilterInfo info) {
        if (info.depth() > MAX_DEPTH) {
            return "more than " + MAX_DEPTH + " levels";
        }
        if (info.references() > MAX_REFERENCES) {
            return "more than " + MAX_REFERENCES + " objects";
        }
        if (info.arrayLength() > MAX_BYTES) {
            return "an array longer than " + MAX_BYTES;
        }
        return info.streamBytes() > MAX_BYTES ? "more than " + MAX_BYTES + " bytes" : null;
    }
}
