package dev.larder.codec.frame;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.codec.TypeRef;
import dev.larder.codec.UnreadableReason;
import dev.larder.codec.ValueType;
import dev.larder.codec.frame.CodecSettings.Format;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Writes a value with one version of its class and reads it with another, both compiled here and loaded apart. The table
 * is the promise that {@code docs/codecs-and-safety.md} makes to users.
 */
class ChangedClassTest {

    private static final byte[] KEY = {0x6B};
    private static final String MISS = "a miss: UNDECODABLE";

    private static final String BEAN_TEXT =
            "@Override public String toString() { return \"Item \" + id + \" \" + price; } ";
    private static final Source RECORD = Source.of("record Item(String id, int price)", "new Item(\"a\", 7)");
    private static final Source BEAN =
            Source.of("class Item", "new Item()", "public String id = \"a\"; public int price = 7; " + BEAN_TEXT);

    private static final List<Shape> SHAPES = List.of(
            new Shape("nothing changed", RECORD, RECORD, "Item[id=a, price=7]", "Item[id=a, price=7]"),
            new Shape(
                    "field added",
                    RECORD,
                    Source.of("record Item(String id, int price, String note)"),
                    "Item[id=a, price=7, note=null]",
                    "Item[id=a, price=7, note=null]"),
            new Shape(
                    "number added to a record",
                    RECORD,
                    Source.of("record Item(String id, int price, int stock)"),
                    MISS,
                    "Item[id=a, price=7, stock=0]"),
            new Shape(
                    "number added to a class",
                    BEAN,
                    Source.of(
                            "class Item",
                            "null",
                            "public String id; public int stock = 5; @Override public String toString() { return id + stock; }"),
                    "a5",
                    MISS),
            new Shape("field removed", RECORD, Source.of("record Item(String id)"), "Item[id=a]", "Item[id=a]"),
            new Shape(
                    "field renamed",
                    RECORD,
                    Source.of("record Item(String code, int price)"),
                    "Item[code=null, price=7]",
                    "Item[code=null, price=7]"),
            new Shape(
                    "field renamed, with an alias",
                    RECORD,
                    Source.of(
                            "record Item(@com.fasterxml.jackson.annotation.JsonAlias(\"id\") String code, int price)"),
                    "Item[code=a, price=7]",
                    "Item[code=null, price=7]"),
            new Shape(
                    "int made long",
                    RECORD,
                    Source.of("record Item(String id, long price)"),
                    "Item[id=a, price=7]",
                    MISS),
            new Shape("text made a number", RECORD, Source.of("record Item(int id, int price)"), MISS, MISS),
            new Shape(
                    "number made text",
                    RECORD,
                    Source.of("record Item(String id, String price)"),
                    "Item[id=a, price=7]",
                    MISS),
            new Shape(
                    "field made optional",
                    RECORD,
                    Source.of("record Item(java.util.Optional<String> id, int price)"),
                    "Item[id=Optional[a], price=7]",
                    MISS),
            new Shape(
                    "field made a list",
                    RECORD,
                    Source.of("record Item(java.util.List<String> id, int price)"),
                    MISS,
                    MISS),
            new Shape(
                    "type argument of a field changed",
                    Source.of(
                            "record Item(java.util.List<String> id, int price)",
                            "new Item(java.util.List.of(\"a\"), 7)"),
                    Source.of("record Item(java.util.List<Integer> id, int price)"),
                    MISS,
                    "Item[id=[a], price=7]"),
            new Shape("record made a class", RECORD, BEAN, "Item a 7", MISS),
            new Shape("class made a record", BEAN, RECORD, "Item[id=a, price=7]", "Item[id=a, price=7]"),
            new Shape("record made an interface", RECORD, Source.of("interface Item"), MISS, MISS),
            new Shape(
                    "constructor made strict",
                    RECORD,
                    Source.of(
                            "record Item(String id, int price)",
                            "null",
                            "public Item { if (price < 8) throw new IllegalArgumentException(); }"),
                    MISS,
                    MISS),
            new Shape(
                    "enum constant added",
                    Source.of("record Item(Size id, int price)", "new Item(Size.S, 7)", "public enum Size { S }"),
                    Source.of("record Item(Size id, int price)", "null", "public enum Size { XS, S }"),
                    "Item[id=S, price=7]",
                    "Item[id=S, price=7]"),
            new Shape(
                    "enum constant removed",
                    Source.of("record Item(Size id, int price)", "new Item(Size.S, 7)", "public enum Size { S }"),
                    Source.of("record Item(Size id, int price)", "null", "public enum Size { XS }"),
                    MISS,
                    MISS));

    private static ClassLoader before;
    private static ClassLoader after;

    /** What is before the brace, an expression for a value, and what is inside. */
    private record Source(String head, String sample, String body) {

        static Source of(String head) {
            return of(head, "null");
        }

        static Source of(String head, String sample) {
            return of(head, sample, "");
        }

        static Source of(String head, String sample, String body) {
            return new Source(head, sample, body);
        }

        String inPackage(String name) {
            String serializable = head.startsWith("interface") ? "" : " implements java.io.Serializable";
            return "package " + name + "; public " + head + serializable + " { " + body
                    + " public static Item sample() { return " + sample + "; } }";
        }
    }

    /** A class before and after, and what becomes of a value of it: in JSON, CBOR and the table, and in Java's own form. */
    private record Shape(String name, Source before, Source after, String json, String java) {

        String packageName() {
            return "shop.shape" + SHAPES.indexOf(this);
        }

        String className() {
            return packageName() + ".Item";
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static List<Shape> shapes() {
        return SHAPES;
    }

    @BeforeAll
    static void compile(@TempDir Path directory) throws IOException {
        Map<String, String> first = new LinkedHashMap<>();
        Map<String, String> second = new LinkedHashMap<>();
        for (Shape shape : SHAPES) {
            first.put(shape.className(), shape.before().inPackage(shape.packageName()));
            second.put(shape.className(), shape.after().inPackage(shape.packageName()));
        }
        before = Versions.compile(directory.resolve("before"), first);
        after = Versions.compile(directory.resolve("after"), second);
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void jsonReadsWhatIsThereOrMisses(Shape shape) throws Exception {
        assertThat(readAfterTheChange(shape, Format.JSON)).isEqualTo(shape.json());
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void cborReadsWhatIsThereOrMisses(Shape shape) throws Exception {
        assertThat(readAfterTheChange(shape, Format.CBOR)).isEqualTo(shape.json());
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void tableReadsWhatIsThereOrMisses(Shape shape) throws Exception {
        byte[] frame = selfDescribing(before.loadClass(shape.className())).frame(KEY, sampleOf(shape), 1);

        assertThat(text(selfDescribing(after.loadClass(shape.className())).read(KEY, frame)))
                .isEqualTo(shape.json());
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void javaReadsWhatIsThereOrMisses(Shape shape) throws Exception {
        assertThat(readAfterTheChange(shape, Format.JAVA)).isEqualTo(shape.java());
    }

    @Test
    void movedClassIsAMissUnlessItsNameIsKept() throws Exception {
        Class<?> here = before.loadClass(SHAPES.get(0).className());
        Class<?> there = after.loadClass(SHAPES.get(1).className());
        Object value = sampleOf(SHAPES.get(0));

        byte[] unnamed = codec(ValueType.of(here), Format.JSON).frame(KEY, value, 1);
        byte[] named = codec(ValueType.of(here).named("item"), Format.JSON).frame(KEY, value, 1);

        assertThat(text(codec(ValueType.of(there), Format.JSON).read(KEY, unnamed)))
                .isEqualTo("a miss: OTHER_TYPE");
        assertThat(text(codec(ValueType.of(there).named("item"), Format.JSON).read(KEY, named)))
                .isEqualTo("Item[id=a, price=7, note=null]");
    }

    @Test
    void changedTypeArgumentOfTheCacheIsAMiss() {
        ValueType<List<String>> strings = ValueType.of(new TypeRef<List<String>>() {});
        ValueType<List<Integer>> numbers = ValueType.of(new TypeRef<List<Integer>>() {});

        byte[] frame =
                CodecSettings.builder(strings, strings).build().open("c", 0).frame(KEY, List.of("1"), 1);

        assertThat(CodecSettings.builder(strings, numbers).build().open("c", 0).read(KEY, frame))
                .isEqualTo(new EntryReading.Unreadable<>(UnreadableReason.OTHER_TYPE));
    }

    private static String readAfterTheChange(Shape shape, Format format) throws Exception {
        Class<?> written = before.loadClass(shape.className());
        Class<?> read = after.loadClass(shape.className());
        byte[] frame = codec(ValueType.of(written), format).frame(KEY, sampleOf(shape), 1);

        return text(codec(ValueType.of(read), format).read(KEY, frame));
    }

    private static Object sampleOf(Shape shape) throws Exception {
        return before.loadClass(shape.className()).getMethod("sample").invoke(null);
    }

    private static String text(EntryReading<?> reading) {
        return reading instanceof EntryReading.Stored<?> stored
                ? stored.value().toString()
                : "a miss: " + ((EntryReading.Unreadable<?>) reading).reason();
    }

    @SuppressWarnings("unchecked") // the tests keep to the type
    private static EntryCodec<String, Object> codec(ValueType<?> type, Format format) {
        CodecSettings.Builder<String, Object> settings = CodecSettings.builder(
                        ValueType.of(String.class), (ValueType<Object>) type)
                .format(format);
        allowAll(type.rawClass(), settings);
        return settings.build().open("c", 0);
    }

    private static EntryCodec<String, Object> selfDescribing(Class<?> type) {
        CodecSettings.Builder<String, Object> settings =
                CodecSettings.builder(ValueType.of(String.class), ValueType.of(Object.class));
        allowAll(type, settings);
        return settings.build().open("c", 0);
    }

    private static void allowAll(Class<?> type, CodecSettings.Builder<String, Object> settings) {
        settings.allow(type);
        for (Class<?> nested : type.getDeclaredClasses()) {
            settings.allow(nested);
        }
    }
}
