package dev.larder.codec.table;

/**
 * The numbers that stand before values. They are in stored bytes, so none ever changes its meaning; 0 is left to others.
 * The rows of {@link NumberRows}, {@link TextRows}, {@link TimeRows} and {@link ArrayRows} have theirs beside them:
 *
 * <pre>
 *     1 - 6     null, containers of nothing, and names
 *     8 - 29    numbers and text
 *     32 - 47   java.time and dates
 *     48 - 59   arrays
 *     64 - 72   collections
 * </pre>
 */
final class Tags {

    static final int NULL = 1;
    static final int NAMED = 2;
    static final int OPTIONAL_EMPTY = 3;
    static final int OPTIONAL = 4;

    /** The parts of a key, whose class is that of the one {@link dev.larder.codec.KeyForm}. */
    static final int KEY_OF_PARTS = 5;

    static final int STRING_ARRAY = 58;
    static final int OBJECT_ARRAY = 59;

    static final int LIST = 64;

    /** Elements in the order of their bytes: of two equal sets the bytes are equal. */
    static final int SET = 65;

    /** Elements in the order they were put in. */
    static final int LINKED_SET = 66;

    /** Elements in their natural order. */
    static final int SORTED_SET = 67;

    static final int MAP = 68;
    static final int LINKED_MAP = 69;
    static final int SORTED_MAP = 70;

    private Tags() {}
}
