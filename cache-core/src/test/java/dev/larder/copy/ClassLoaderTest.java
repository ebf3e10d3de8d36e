package dev.larder.copy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.Serializable;
import java.lang.ref.WeakReference;
import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import javax.tools.ToolProvider;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassLoaderTest {

    private static final ClassLoader TEST_LOADER = ClassLoaderTest.class.getClassLoader();

    private final ClassLoader child = new ChildLoader(name -> name.startsWith(ClassLoaderTest.class.getName() + "$"));

    @Test
    void classThatOnlyTheGivenLoaderKnowsIsCopied(@TempDir Path directory) throws Exception {
        compile(
                directory,
                "Invoice",
                "public class Invoice implements java.io.Serializable { public String no = \"1\"; }");
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {directory.toUri().toURL()})) {
            Object invoice = loader.loadClass("Invoice").getConstructor().newInstance();

            Object copy = ValueCopier.using(loader).copy(new ArrayList<>(List.of(invoice)));

            assertThat(((List<?>) copy).get(0)).isNotSameAs(invoice).hasSameClassAs(invoice);
        }
    }

    @Test
    void classThatTheGivenLoaderDoesNotKnowKeepsItsOwn() throws Exception {
        Object foreign = make(child, Pojo.class);

        Object copy = ValueCopier.using(ClassLoader.getPlatformClassLoader()).copy(foreign);

        assertThat(copy).isNotSameAs(foreign).hasSameClassAs(foreign);
    }

    @Test
    void objectsOfAForeignClassAreMovedToTheGivenLoader() throws Exception {
        ValueCopier copier = ValueCopier.using(TEST_LOADER);

        assertThat(copier.copy(make(child, Pojo.class))).isExactlyInstanceOf(Pojo.class);
        assertThat(copier.copy(make(child, Empty.class))).isExactlyInstanceOf(Empty.class);
        assertThat(((Wrapper) copier.copy(foreignlyFilledWrapper())).content).isExactlyInstanceOf(Pojo.class);
        assertThat(copier.copy(foreign("Color").getEnumConstants()[0])).isSameAs(Color.RED);
        assertThat(copier.copy(List.of(make(child, Empty.class)))).isEqualTo(List.of(new Empty()));
        assertThat(copier.copy(Array.newInstance(foreign("Pojo"), 1))).isExactlyInstanceOf(Pojo[].class);
        assertThat(copier.copy(foreignEnumMap())).isEqualTo(new EnumMap<>(Map.of(Color.RED, 1)));
    }

    @Test
    void foreignRecordThatIsNotSerializableIsMovedToo() throws Exception {
        Object foreign = make(child, Unserializable.class);

        assertThat(ValueCopier.using(TEST_LOADER).copy(foreign)).isEqualTo(new Unserializable());
    }

    @Test
    void foreignProxyIsMovedToo() throws Exception {
        Object handler = make(child, Handler.class);
        Object foreign = Proxy.newProxyInstance(
                child, new Class<?>[] {Serializable.class, foreign("Greeter")}, (InvocationHandler) handler);

        Object copy = ValueCopier.using(TEST_LOADER).copy(foreign);

        assertThat(((Greeter) copy).greet()).isEqualTo("hello");
    }

    @Test
    void copierKeepsNoClassLoaderOfAValueAlive() throws Exception {
        ValueCopier copier = ValueCopier.using(TEST_LOADER);
        WeakReference<ClassLoader> loader = copyThingsOfAnotherLoader(copier);

        assertCollected(loader);
        assertThat(copier.copy("still in use")).isEqualTo("still in use");
    }

    @Test
    void copierDoesNotKeepItsOwnClassLoaderAlive() throws Exception {
        List<ClassLoader> own = new ArrayList<>(List.of(new ChildLoader(name -> false)));
        ValueCopier copier = ValueCopier.using(own.get(0));
        copier.copy(List.of(new int[1]));

        assertCollected(new WeakReference<>(own.remove(0)));
        Object foreign = make(child, Pojo.class);
        assertThat(copier.copy(foreign)).isNotSameAs(foreign).hasSameClassAs(foreign);
    }

    /** As in a web application that brings the library along and is undeployed. */
    @Test
    void jdkClassesDoNotKeepTheLibraryAlive() throws Exception {
        assertCollected(useTheLibraryInAnotherLoader());
    }

    private static WeakReference<ClassLoader> copyThingsOfAnotherLoader(ValueCopier copier) throws Exception {
        ClassLoader other = new ChildLoader(name -> name.startsWith(ClassLoaderTest.class.getName() + "$Local"));
        Object record = make(other, LocalRecord.class, new ArrayList<>(List.of("a")));
        Object immutable = make(other, LocalImmutable.class);
        Object bean = make(other, LocalBean.class);
        ValueCopier toOther = ValueCopier.using(other);
        for (ValueCopier each : List.of(copier, toOther)) {
            each.copy(record);
            each.copy(immutable);
            each.copy(bean);
            each.copy(new ArrayList<>(List.of(record, immutable, bean)));
        }
        return new WeakReference<>(other);
    }

    private static WeakReference<ClassLoader> useTheLibraryInAnotherLoader() throws Exception {
        ClassLoader other = new ChildLoader(name -> name.startsWith("dev.larder.copy.") && !name.contains("Test"));
        Object copier = other.loadClass(ValueCopier.class.getName())
                .getMethod("using", ClassLoader.class)
                .invoke(null, other);
        Method copy = copier.getClass().getMethod("copy", Object.class);
        for (Object value : List.of(
                "text",
                1,
                new PriorityQueue<>(List.of("b")),
                new ArrayList<>(List.of("a")),
                new LocalRecord(new ArrayList<>()),
                new LocalBean())) {
            copy.invoke(copier, value);
        }
        assertThat(copier.getClass()).isNotSameAs(ValueCopier.class);
        return new WeakReference<>(other);
    }

    @SuppressWarnings("unchecked") // an enum's class, if not one that the compiler knows
    private <E extends Enum<E>> Object foreignEnumMap() throws Exception {
        Class<E> color = (Class<E>) foreign("Color");
        EnumMap<E, Integer> map = new EnumMap<>(color);
        map.put(color.getEnumConstants()[0], 1);
        return map;
    }

    private Class<?> foreign(String name) throws ClassNotFoundException {
        return child.loadClass(ClassLoaderTest.class.getName() + "$" + name);
    }

    private Wrapper foreignlyFilledWrapper() throws Exception {
        Wrapper wrapper = new Wrapper();
        wrapper.content = make(child, Pojo.class);
        return wrapper;
    }

    private static Object make(ClassLoader loader, Class<?> type, Object... arguments) throws Exception {
        Constructor<?> constructor = loader.loadClass(type.getName()).getDeclaredConstructors()[0];
        constructor.setAccessible(true);
        return constructor.newInstance(arguments);
    }

    private static void compile(Path directory, String name, String source) throws Exception {
        Path file = Files.writeString(directory.resolve(name + ".java"), source);
        assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, "-proc:none", file.toString()))
                .isZero();
    }

    private static void assertCollected(WeakReference<ClassLoader> loader) {
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> {
            System.gc();
            return loader.get() == null;
        });
    }

    static final class Pojo implements Serializable {}

    static final class Wrapper implements Serializable {
        Object content;
    }

    record Empty() implements Serializable {}

    record Unserializable() {}

    enum Color {
        RED
    }

    interface Greeter {
        String greet();
    }

    record Handler() implements InvocationHandler, Serializable {
        @Override
        public Object invoke(Object proxy, Method method, Object[] arguments) {
            return "hello";
        }
    }

    record LocalRecord(List<String> names) {}

    record LocalImmutable() {}

    static final class LocalBean implements Serializable {
        List<LocalBean> others = new ArrayList<>();
        LocalBean other;
        LocalColor color = LocalColor.RED;
        int number;
    }

    enum LocalColor {
        RED
    }
}
