package dev.larder.copy;

import org.jspecify.annotations.Nullable;

/**
 * The copy of one value and all it contains, while it is being made. An object that occurs twice in the value is one
 * object in the copy, and a container may contain itself.
 *
 * <p>To that end every object that is not simply shared is remembered with its copy. A container is remembered before it
 * is filled ({@link #begin}), so that a way back to it finds the copy in the making. The root has fields of its own,
 * which saves all else for a flat value. Used by one thread, once.
 */
final class GraphCopy {

    /** What a default stack has room for. */
    static final int MAX_DEPTH = 1_000;

    private final Strategies strategies;
    private final Object root;
    private @Nullable Object rootCopy;
    private @Nullable Copied copied;
    private int depth;
    private boolean hasBeans;
    private boolean givenUp;

    GraphCopy(Strategies strategies, Object root) {
        this.strategies = strategies;
        this.root = root;
    }

    /** Returns the copy, or null if the value must be serialised. */
    @Nullable
    Object copyRoot(Strategy strategy) {
        Object copy = remember(root, strategy.copy(root, this));
        return givenUp ? null : copy;
    }

    /**
     * Notes that a part can only be copied by serialisation. Then all of the value is, from its root: objects that occur
     * twice would fall apart if each part went through a stream of its own, and one stream is cheaper than many. What
     * is left of the value need not be copied any more; a flag says so, since an exception would cost more than that.
     */
    Object giveUp(Object part) {
        givenUp = true;
        return part;
    }

    /** Copies a part of the value. */
    @Nullable
    Object copy(@Nullable Object part) {
        if (part == null) {
            return null;
        }
        Strategy strategy = strategies.of(part.getClass());
        return strategy == Strategy.SHARE ? part : copyOnce(part, strategy);
    }

    /** Copies the elements in place and tells whether any of them is not simply shared. */
    boolean copyAll(@Nullable Object[] elements) {
        boolean changed = false;
        for (int i = 0; i < elements.length; i++) {
            Object element = elements[i];
            Object copy = copy(element);
            if (copy != element) {
                elements[i] = copy;
                changed = true;
            }
        }
        return changed;
    }

    /** Announces the copy of a container that is about to be filled. */
    void begin(Object original, Object copy) {
        remember(original, copy);
    }

    /** As {@link #begin}, for an object that serialisation could copy as well. */
    void beginBean(Object original, Object copy) {
        hasBeans = true;
        remember(original, copy);
    }

    private Object copyOnce(Object part, Strategy strategy) {
        if (givenUp) {
            return part;
        }
        Object known = known(part);
        if (known != null) {
            return known;
        }
        if (++depth > MAX_DEPTH) {
            return stopAt(part);
        }
        Object copy = remember(part, strategy.copy(part, this));
        depth--;
        return copy;
    }

    /** A value with beans in it is left to serialisation, which goes on as far as the stack does. */
    private Object stopAt(Object part) {
        if (hasBeans) {
            return giveUp(part);
        }
        throw CopyException.tooDeep(root, null);
    }

    private @Nullable Object known(Object part) {
        if (part == root) {
            return rootCopy;
        }
        return copied == null ? null : copied.copyOf(part);
    }

    /**
     * Returns the copy to use. The first one made wins: a record that is reached again through a list it contains is
     * copied in there first, and the outer visit takes that copy.
     */
    private Object remember(Object original, Object copy) {
        if (original == root) {
            if (rootCopy == null) {
                rootCopy = copy;
            }
            return rootCopy;
        }
        if (copied == null) {
            copied = new Copied();
        }
        Object earlier = copied.copyOf(original);
        if (earlier != null) {
            return earlier;
        }
        copied.add(original, copy);
        return copy;
    }
}
