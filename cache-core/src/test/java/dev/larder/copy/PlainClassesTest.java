package dev.larder.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.Externalizable;
import java.io.IOException;
import java.io.ObjectInput;
import java.io.ObjectInputStream;
import java.io.ObjectOutput;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamField;
import java.io.Serializable;
import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@SuppressWarnings({"unused", "JavaUtilDate"}) // members that are only looked at
class PlainClassesTest {

    static Stream<Arguments> othersThanPlain() {
        return Stream.of(
                arguments(Writing.class, Writing.class.getName() + " has a writeObject method"),
                arguments(ChildOfWriting.class, Writing.class.getName() + " has a writeObject method"),
                arguments(Reading.class, Reading.class.getName() + " has a readObject method"),
                arguments(ReadingNoData.class, ReadingNoData.class.getName() + " has a readObjectNoData method"),
                arguments(Replacing.class, Replacing.class.getName() + " has a writeReplace method"),
                arguments(Resolving.class, Resolving.class.getName() + " has a readResolve method"),
                arguments(ChildOfResolving.class, ResolvingBase.class.getName() + " has a readResolve method"),
                arguments(OwnFields.class, OwnFields.class.getName() + " has serialPersistentFields"),
                arguments(External.class, "it is Externalizable"),
                arguments(Final.class, Final.class.getName() + ".name is final"),
                arguments(ChildOfFinal.class, Final.class.getName() + ".name is final"),
                arguments(NoDefault.class, "it lacks the constructor that serialisation needs"),
                arguments(
                        AtomicInteger.class,
                        AtomicInteger.class.getName() + ".value is not open to the module dev.larder.core"),
                arguments(Failure.class, "java.lang.Throwable has a "),
                arguments(Names.class, "java.util.ArrayList has a "),
                arguments(Day.class, "java.util.Date has a "),
                arguments(lambda().getClass(), "it was made at run time"),
                arguments(proxy().getClass(), "it was made at run time"));
    }

    @ParameterizedTest
    @MethodSource("othersThanPlain")
    void classThatIsNotPlainIsToldWhy(Class<?> type, String reason) {
        assertThat(PlainClasses.objectionTo(type)).startsWith(reason);
    }

    @Test
    void localAndInnerClassesKnowWhereTheyComeFromInAFinalField() {
        int captured = List.of().size();
        class Local implements Serializable {
            int read() {
                return captured;
            }
        }

        assertThat(PlainClasses.objectionTo(Local.class)).endsWith(" is final");
        assertThat(PlainClasses.objectionTo(Inner.class)).endsWith("this$0 is final");
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                Plain.class,
                ChildOfPlain.class,
                FinalTransient.class,
                OwnList.class,
                Ratio.class,
                Lookalike.class
            })
    void plainClassIsRecognised(Class<?> type) {
        assertThat(PlainClasses.objectionTo(type)).isNull();
    }

    @Test
    void classInAPackageThatIsNotOpenIsCopiedBySerialisation(@TempDir Path directory) throws Exception {
        ModuleLayer shop = compileModule(directory);
        ClassLoader loader = shop.findLoader("com.acme.shop");
        Class<?> open = loader.loadClass("com.acme.open.Price");
        Class<?> closed = loader.loadClass("com.acme.closed.Price");

        assertThat(PlainClasses.objectionTo(open)).isNull();
        assertThat(PlainClasses.objectionTo(closed))
                .isEqualTo("com.acme.closed.Price.cents is not open to the module dev.larder.core");
        for (Class<?> type : List.of(open, closed)) {
            Object price = type.getConstructor(int.class).newInstance(5);
            Object copy = ValueCopier.using(loader).copy(price);
            assertThat(copy).isNotSameAs(price).hasToString("5");
        }
    }

    @Test
    void recordInAPackageThatIsNotOpenIsToldWhy(@TempDir Path directory) throws Exception {
        Class<?> closed = compileModule(directory).findLoader("com.acme.shop").loadClass("com.acme.closed.Order");

        assertThat(PlainClasses.objectionTo(closed))
                .isEqualTo("it is a record, and is not open to the module dev.larder.core");
    }

    private static ModuleLayer compileModule(Path directory) throws IOException {
        String price = "public class Price implements java.io.Serializable { private int cents;"
                + " public Price(int cents) { this.cents = cents; }"
                + " @Override public String toString() { return \"\" + cents; } }";
        List<Path> sources = List.of(
                write(
                        directory,
                        "module-info.java",
                        "module com.acme.shop { exports com.acme.closed;"
                                + " exports com.acme.open; opens com.acme.open; }"),
                write(directory, "com/acme/open/Price.java", "package com.acme.open; " + price),
                write(directory, "com/acme/closed/Price.java", "package com.acme.closed; " + price),
                write(
                        directory,
                        "com/acme/closed/Order.java",
                        "package com.acme.closed; public record Order(java.util.List<Price> prices)"
                                + " implements java.io.Serializable {}"));
        String[] arguments = Stream.concat(
                        Stream.of("-proc:none"), sources.stream().map(Path::toString))
                .toArray(String[]::new);
        assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments))
                .isZero();
        ModuleLayer boot = ModuleLayer.boot();
        Configuration configuration =
                boot.configuration().resolve(ModuleFinder.of(directory), ModuleFinder.of(), Set.of("com.acme.shop"));
        return boot.defineModulesWithOneLoader(configuration, ClassLoader.getPlatformClassLoader());
    }

    private static Path write(Path directory, String name, String source) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, source);
    }

    private static Object lambda() {
        return (Supplier<String> & Serializable) () -> "a";
    }

    private static Object proxy() {
        return Proxy.newProxyInstance(
                PlainClassesTest.class.getClassLoader(),
                new Class<?>[] {Serializable.class},
                (proxy, method, arguments) -> null);
    }

    static class Plain implements Serializable {
        private static final long serialVersionUID = 1;
        private String name;
    }

    static final class ChildOfPlain extends Plain {
        private List<String> names;
    }

    static final class FinalTransient implements Serializable {
        private final transient Object lock = new Object();
    }

    /** Its superclass is not Serializable. */
    static final class OwnList extends AbstractList<String> implements Serializable {
        private String only;

        @Override
        public String get(int index) {
            return only;
        }

        @Override
        public int size() {
            return 1;
        }
    }

    /** Its superclass is Serializable, and of the JDK. */
    static final class Ratio extends Number {
        private int dividend;
        private int divisor;

        @Override
        public int intValue() {
            return dividend / divisor;
        }

        @Override
        public long longValue() {
            return intValue();
        }

        @Override
        public float floatValue() {
            return intValue();
        }

        @Override
        public double doubleValue() {
            return intValue();
        }
    }

    /** Its methods have the names of hooks only. */
    static final class Lookalike implements Serializable {
        void writeObject(String name) {}

        void readObject() {}
    }

    static class Writing implements Serializable {
        private void writeObject(ObjectOutputStream output) {}
    }

    static final class ChildOfWriting extends Writing {}

    static final class Reading implements Serializable {
        private void readObject(ObjectInputStream input) {}
    }

    static final class ReadingNoData implements Serializable {
        private void readObjectNoData() {}
    }

    static final class Replacing implements Serializable {
        Object writeReplace() {
            return this;
        }
    }

    static final class Resolving implements Serializable {
        private Object readResolve() {
            return this;
        }
    }

    static class ResolvingBase {
        protected Object readResolve() {
            return this;
        }
    }

    static final class ChildOfResolving extends ResolvingBase implements Serializable {}

    static final class OwnFields implements Serializable {
        private static final ObjectStreamField[] serialPersistentFields = {};
    }

    public static final class External implements Externalizable {
        @Override
        public void writeExternal(ObjectOutput output) {}

        @Override
        public void readExternal(ObjectInput input) {}
    }

    static class Final implements Serializable {
        private final String name = new String("a");
    }

    static final class ChildOfFinal extends Final {}

    static class NoDefaultBase {
        NoDefaultBase(int number) {}
    }

    static final class NoDefault extends NoDefaultBase implements Serializable {
        NoDefault() {
            super(1);
        }
    }

    static final class Failure extends RuntimeException {}

    static final class Names extends ArrayList<String> {}

    static final class Day extends Date {}

    final class Inner implements Serializable {
        Object outer() {
            return PlainClassesTest.this;
        }
    }
}
