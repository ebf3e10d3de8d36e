package dev.larder.patterns.session;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.ObjectStreamConstants;
import java.io.StreamCorruptedException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds out what it would cost to compute the hashes of serialised objects, before one of them is made.
 *
 * <p>Sets and maps compute the hashes of their elements when they are read, and the hash of a set is made of those of its elements. A few sets that share their elements, level upon level, so take as long as one likes. (Limits of
 * depth and number do not help: what is shared is written once, and need not be deep.) So this goes through the bytes by the grammar of the Java Object Serialization Specification, and adds up for everything in a set, or a key in a map, how many
 * objects are in there, as often as they are reached.
 *
 * <p>It takes each object's hash to be made of all that is in the object, which is true of collections and records, and too much for others.
 */
final class HashingCost {

    /** In a second a JVM computes more than ten times as many. */
    private static final long MOST = 1_000_000;

    /** How deep objects are read, counted as serial filters are told of it: a superclass is one deeper than its class. */
    static final int MOST_DEPTH = 32;

    /** How many objects and references are read, counted as serial filters are told of it: superclasses are some, too. */
    static final int MOST_REFERENCES = 100_000;

    /** Classes that write more than fields and compute no hashes when they are read; others may. */
    private static final List<String> WITHOUT_HASHES = List.of(
            "java.util.ArrayList",
            "java.util.LinkedList",
            "java.util.ArrayDeque",
            "java.util.Vector",
            "java.util.concurrent.CopyOnWriteArrayList");

    /** What the JDK writes in the place of {@code List.of}, {@code Set.of} and {@code Map.of}: one number, which says of which kind it is, and the elements. */
    private static final String JDK_COLLECTION = "java.util.CollSer";

    private final ByteBuffer in;
    private final List<Object> handles = new ArrayList<>();
    private final Set<String> withMoreThanFields = new HashSet<>();
    private long total;
    private int depth;
    private int references;

    private HashingCost(byte[] bytes) {
        in = ByteBuffer.wrap(bytes);
    }

    /**
     * A class as the bytes describe it.
     *
     * @param octets how many the fields take that are no objects, which come first; without those of the superclass
     * @param references how many fields are objects
     */
    private record Described(
            String name,
            int flags,
            int octets,
            int references,
            @Nullable Described parent) {

        boolean has(int flag) {
            return (flags & flag) != 0;
        }

        /** Whether there is more than fields in its objects, by what the bytes say. */
        boolean hasMoreThanFields() {
            return has(ObjectStreamConstants.SC_WRITE_METHOD)
                    || has(ObjectStreamConstants.SC_EXTERNALIZABLE)
                    || (parent != null && parent.hasMoreThanFields());
        }
    }

    /** Of what among the objects that a class has written the hashes are computed when it is read. */
    private enum Hashed {
        NOTHING,
        KEYS,
        ALL;

        boolean includes(int index) {
            return this == ALL || (this == KEYS && index % 2 == 0);
        }

        static Hashed in(String className) {
            if (WITHOUT_HASHES.contains(className)) {
                return NOTHING;
            }
            return className.endsWith("Map") || className.endsWith("Hashtable") ? KEYS : ALL;
        }

        static Hashed inKind(byte kind) {
            return switch (kind) {
                case 1, 4 -> NOTHING; // lists, with nulls or without
                case 3 -> KEYS;
                default -> ALL;
            };
        }
    }

    /** A value, and how many objects are in it, as often as they are reached. */
    private static final class Node {
        private long size = 1;
    }

    /**
     * Looks through bytes, and returns the names of the classes with more than fields in their objects. Of these none may be a record, as the stream reads fields and no more of records.
     *
     * @throws NotAllowedException if they cost too much
     * @throws IOException if they are not the bytes of objects, of one at least
     */
    static Set<String> check(byte[] bytes) throws IOException {
        HashingCost cost = new HashingCost(bytes);
        try {
            cost.skip(Integer.BYTES); // that these are objects, which who reads them looks at
            cost.values();
        } catch (BufferUnderflowException e) {
            throw new EOFException("no whole object");
        }
        return cost.withMoreThanFields;
    }

    /** Reads all there is, at least one value or something between values. */
    private void values() throws IOException {
        do {
            byte type = in.get();
            if (!isBlock(type)) {
                value(type);
            }
        } while (in.hasRemaining());
    }

    private void skip(long octets) throws EOFException {
        if (octets < 0 || octets > in.remaining()) {
            throw new EOFException("no whole object");
        }
        in.position(in.position() + (int) octets);
    }

    private int unsignedByte() {
        return Byte.toUnsignedInt(in.get());
    }

    private int unsignedShort() {
        return Short.toUnsignedInt(in.getShort());
    }

    /** Reads the name of a class. */
    private String name() throws IOException {
        int start = in.position();
        skip(unsignedShort());
        return new DataInputStream(new ByteArrayInputStream(in.array(), start, in.position() - start)).readUTF();
    }

    /** Reads a value and returns its size. */
    private long value(byte type) throws IOException {
        enter();
        if (!isPlain(type)) {
            requireWithinLimits();
        }
        long size = switch (type) {
            case ObjectStreamConstants.TC_NULL -> 1;
            case ObjectStreamConstants.TC_REFERENCE -> handle() instanceof Node node ? node.size : 1;
            case ObjectStreamConstants.TC_STRING -> text(unsignedShort());
            case ObjectStreamConstants.TC_LONGSTRING -> text(in.getLong());
            case ObjectStreamConstants.TC_CLASS -> aClass();
            case ObjectStreamConstants.TC_CLASSDESC, ObjectStreamConstants.TC_PROXYCLASSDESC -> {
                described(type);
                yield 1;
            }
            case ObjectStreamConstants.TC_ENUM -> constant();
            case ObjectStreamConstants.TC_ARRAY -> array();
            case ObjectStreamConstants.TC_OBJECT -> object();
            default -> throw new StreamCorruptedException("no value: " + type);
        };
        depth--;
        return size;
    }

    private void enter() {
        depth++;
        references++;
    }

    /** Whether it is nothing in which there could be others, and of which filters are not told. */
    private static boolean isPlain(byte type) {
        return type == ObjectStreamConstants.TC_NULL
                || type == ObjectStreamConstants.TC_STRING
                || type == ObjectStreamConstants.TC_LONGSTRING;
    }

    private void requireWithinLimits() throws NotAllowedException {
        if (depth > MOST_DEPTH) {
            throw new NotAllowedException("objects too deep within each other, more than " + MOST_DEPTH);
        }
        if (references > MOST_REFERENCES) {
            throw new NotAllowedException("more than " + MOST_REFERENCES + " objects");
        }
    }

    private Object handle() throws IOException {
        int index = in.getInt() - ObjectStreamConstants.baseWireHandle;
        if (index < 0 || index >= handles.size()) {
            throw new StreamCorruptedException("no such handle");
        }
        return handles.get(index);
    }

    private Node newNode() {
        Node node = new Node();
        handles.add(node);
        return node;
    }

    private long text(long length) throws IOException {
        skip(length);
        return newNode().size;
    }

    /** Reads the name of a constant or of a field's class, which is counted nowhere. */
    private void skipString(byte type) throws IOException {
        switch (type) {
            case ObjectStreamConstants.TC_NULL -> {}
            case ObjectStreamConstants.TC_REFERENCE -> handle();
            case ObjectStreamConstants.TC_STRING -> text(unsignedShort());
            case ObjectStreamConstants.TC_LONGSTRING -> text(in.getLong());
            default -> throw new StreamCorruptedException("no string: " + type);
        }
    }

    private long aClass() throws IOException {
        described(in.get());
        return newNode().size;
    }

    private long constant() throws IOException {
        described(in.get());
        Node node = newNode();
        skipString(in.get());
        return node.size;
    }

    private long array() throws IOException {
        String type = required(described(in.get())).name();
        Node node = newNode();
        int width = widthOfElements(type);
        int length = in.getInt();
        if (width > 0) {
            skip((long) length * width);
        } else {
            references(node, length);
        }
        return node.size;
    }

    /** Whatever else a class is called, the stream takes elements of it for objects. */
    private static int widthOfElements(String type) {
        return type.length() == 2 && type.charAt(0) == '[' ? widthOf(type.charAt(1)) : 0;
    }

    private void references(Node node, int number) throws IOException {
        for (int left = number; left > 0; left--) {
            add(node, value(in.get()));
        }
    }

    private long object() throws IOException {
        Described type = required(described(in.get()));
        Node node = newNode();
        if (type.has(ObjectStreamConstants.SC_EXTERNALIZABLE)) {
            externalData(type, node);
        } else {
            data(type, node);
        }
        return node.size;
    }

    /** Reads what an object has written by itself, also for its superclasses. */
    private void externalData(Described type, Node node) throws IOException {
        if (!type.has(ObjectStreamConstants.SC_BLOCK_DATA)) {
            throw new StreamCorruptedException("data of an old form, whose end cannot be found");
        }
        written(Hashed.in(type.name()), node);
    }

    /** Reads what each class of an object has written, that of the superclass first. */
    private void data(Described type, Node node) throws IOException {
        if (!type.has(ObjectStreamConstants.SC_SERIALIZABLE) || type.has(ObjectStreamConstants.SC_EXTERNALIZABLE)) {
            throw new StreamCorruptedException("data of no serialisable class");
        }
        Described parent = type.parent();
        if (parent != null) {
            data(parent, node);
        }
        skip(type.octets());
        Hashed hashed = isJdkCollection(type) ? Hashed.inKind(in.get(in.position() - 1)) : Hashed.in(type.name());
        references(node, type.references());
        if (type.has(ObjectStreamConstants.SC_WRITE_METHOD)) {
            written(hashed, node);
        }
    }

    /** Whether the last octet that was read says of which kind it is. */
    private static boolean isJdkCollection(Described type) {
        return type.name().equals(JDK_COLLECTION) && type.octets() == Integer.BYTES;
    }

    /** Reads what a class has written by a method of its own, as collections write their elements. */
    private void written(Hashed hashed, Node node) throws IOException {
        int index = 0;
        for (byte type = in.get(); type != ObjectStreamConstants.TC_ENDBLOCKDATA; type = in.get()) {
            if (!isBlock(type)) {
                long size = value(type);
                spend(hashed.includes(index++) ? size : 0);
                add(node, size);
            }
        }
    }

    private void spend(long size) throws NotAllowedException {
        total += size;
        if (total > MOST) {
            throw new NotAllowedException(
                    "sets or maps within each other, or of elements that refer to each other, whose hashes would take too long: keep them in a list, or store ids");
        }
    }

    /** Without overflow: what is too much stays so. */
    private static void add(Node node, long size) {
        node.size = Math.min(node.size + size, 2 * MOST);
    }

    /** Skips octets that are no objects; returns false for everything else. */
    private boolean isBlock(byte type) throws IOException {
        if (type == ObjectStreamConstants.TC_BLOCKDATA) {
            skip(unsignedByte());
            return true;
        }
        if (type == ObjectStreamConstants.TC_BLOCKDATALONG) {
            skip(in.getInt());
            return true;
        }
        return false;
    }

    /** Returns how many octets a value takes that is no object, by the first letter of its type; zero for objects. */
    private static int widthOf(char type) {
        return switch (type) {
            case 'B', 'Z' -> 1;
            case 'C', 'S' -> 2;
            case 'F', 'I' -> 4;
            case 'D', 'J' -> 8;
            default -> 0;
        };
    }

    private static Described required(@Nullable Described described) throws StreamCorruptedException {
        if (described == null) {
            throw new StreamCorruptedException("an object without a class");
        }
        return described;
    }

    private @Nullable Described described(byte type) throws IOException {
        return switch (type) {
            case ObjectStreamConstants.TC_NULL -> null;
            case ObjectStreamConstants.TC_REFERENCE -> {
                if (handle() instanceof Described described) {
                    yield described;
                }
                throw new StreamCorruptedException("a class that is none");
            }
            case ObjectStreamConstants.TC_CLASSDESC -> newDescribed();
            default -> throw new StreamCorruptedException("no class that is read: " + type);
        };
    }

    private Described newDescribed() throws IOException {
        requireWithinLimits();
        String name = name();
        skip(Long.BYTES); // its version
        int index = handles.size();
        newNode(); // its place, until its superclass is known
        int flags = unsignedByte();
        int octets = 0;
        int objects = 0;
        for (int left = unsignedShort(); left > 0; left--) {
            int width = widthOf(fieldType());
            octets += width;
            objects += width == 0 ? 1 : 0;
        }
        skipAnnotation();
        Described described = new Described(name, flags, octets, objects, superclass());
        handles.set(index, described);
        if (described.hasMoreThanFields()) {
            withMoreThanFields.add(name);
        }
        return described;
    }

    private @Nullable Described superclass() throws IOException {
        enter();
        Described superclass = described(in.get());
        depth--;
        return superclass;
    }

    private char fieldType() throws IOException {
        char type = (char) unsignedByte();
        skip(unsignedShort()); // its name
        if (widthOf(type) == 0) {
            skipString(in.get()); // the name of its class
        }
        return type;
    }

    private void skipAnnotation() throws IOException {
        for (byte type = in.get(); type != ObjectStreamConstants.TC_ENDBLOCKDATA; type = in.get()) {
            if (!isBlock(type)) {
                value(type);
            }
        }
    }
}
