package dev.larder.store;

import java.util.Collection;
import java.util.Objects;
import java.util.Set;

/**
 * The tags that a value is stored with, and since when the value is known to be what the source has. Whoever invalidates one of
 * the tags later than that makes the entry absent; see {@link Store#invalidateTags}.
 *
 * @param names at most {@value #MOST} tags of at most {@value #LONGEST} characters each, none empty; compared by
 *     {@link String#equals}
 * @param asOf the {@link Store#tagNumber()} before the value was looked up or told to the source, or {@link #WHEN_WRITTEN}
 */
public record Tags(Set<String> names, long asOf) {

    /** How many tags an entry can have. */
    public static final int MOST = 64;

    /** How many characters a tag can have. */
    public static final int LONGEST = 256;

    /** The value is up to date when it is written, or, if a lease is the condition of that, was so when the lease was granted. */
    public static final long WHEN_WRITTEN = Long.MAX_VALUE;

    /** No tags. */
    public static final Tags NONE = new Tags(Set.of(), WHEN_WRITTEN);

    /**
     * Checks the tags and keeps a copy.
     *
     * @throws IllegalArgumentException if there are too many of them, or one is empty or too long
     */
    public Tags {
        names = copyOf(names);
        if (names.size() > MOST) {
            throw new IllegalArgumentException("an entry can have " + MOST + " tags, not " + names.size());
        }
    }

    /** Returns the tags of a value that is up to date when it is written. */
    public static Tags of(Set<String> names) {
        return names.isEmpty() ? NONE : new Tags(names, WHEN_WRITTEN);
    }

    /**
     * Returns a copy of tags, of any number, each of which is checked.
     *
     * @throws IllegalArgumentException if one is empty or too long
     */
    public static Set<String> copyOf(Collection<String> names) {
        for (String name : Objects.requireNonNull(names, "tags")) {
            if (Objects.requireNonNull(name, "tags contain null").isEmpty()) {
                throw new IllegalArgumentException("a tag must not be empty");
            }
            if (name.length() > LONGEST) {
                throw new IllegalArgumentException("a tag can have " + LONGEST + " characters, not " + name.length()
                        + ": " + name.substring(0, LONGEST) + "...");
            }
        }
        return Set.copyOf(names);
    }

    /** Returns these tags of a value that is known to have been up to date at that {@link Store#tagNumber()}. */
    public Tags asOf(long newAsOf) {
        return isNone() ? this : new Tags(names, newAsOf);
    }

    /** Whether there are no tags. */
    public boolean isNone() {
        return names.isEmpty();
    }
}
