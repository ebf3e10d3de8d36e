package dev.larder.copy;

import static dev.larder.copy.Copying.copy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.Externalizable;
import java.io.ObjectInput;
import java.io.ObjectInputFilter;
import java.io.ObjectOutput;
import java.io.ObjectStreamException;
import java.io.Serializable;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class SerialCopyTest {

    @Test
    void serializableObjectIsCopied() {
        Person original = new Person("Ada");
        original.friends.add(new Person("Grace"));

        Person copy = copy(original);
        original.name = "changed";
        original.friends.clear();

        assertThat(copy.name).isEqualTo("Ada");
        assertThat(copy.friends).extracting(friend -> friend.name).containsExactly("Grace");
    }

    @Test
    void serialisationHooksRun() {
        assertThat(copy(Single.INSTANCE)).isSameAs(Single.INSTANCE);
        assertThat(copy(new External("a")).text).isEqualTo("a");
        assertThat(copy(new Person("Ada")).scratch).isNull();
    }

    @Test
    void jdkObjectsWithSerialisedFormsOfTheirOwnAreCopied() {
        Properties properties = new Properties();
        properties.setProperty("a", "b");

        assertThat(copy(properties)).isEqualTo(properties).isNotSameAs(properties);
        assertThat(copy(new StringBuilder("a")).toString()).isEqualTo("a");
    }

    @Test
    void serializableLambdaIsCopied() {
        Supplier<String> original = (Supplier<String> & Serializable) () -> "a";

        assertThat(copy(original).get()).isEqualTo("a");
    }

    @Test
    void proxyIsCopied() {
        Greeter original = (Greeter) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Greeter.class, Serializable.class}, new Answer("hello"));

        Greeter copy = copy(original);

        assertThat(copy).isNotSameAs(original).hasSameClassAs(original);
        assertThat(copy.greet()).isEqualTo("hello");
    }

    @Test
    void classesAndPrimitiveArraysInsideAreCopied() {
        Bag original = new Bag(int.class, new long[] {1}, new Person[] {new Person("Ada")}, String[].class);

        Bag copy = copy(original);

        assertThat(copy.contents[0]).isSameAs(int.class);
        assertThat(copy.contents[1]).isEqualTo(new long[] {1});
        assertThat(((Person[]) copy.contents[2])[0].name).isEqualTo("Ada");
        assertThat(copy.contents[3]).isSameAs(String[].class);
    }

    @Test
    void immutablesInsideAreShared() {
        UUID id = UUID.randomUUID();

        assertThat(copy(new Bag(id)).contents[0]).isSameAs(id);
        assertThat(copy(new Bag(LocalDate.EPOCH)).contents[0]).isEqualTo(LocalDate.EPOCH);
    }

    @Test
    void partsThatAreNotSerializableAreCopiedAsOutsideOfSerialisedObjects() {
        List<String> names = new ArrayList<>(List.of("a"));
        Comparator<String> comparator = (left, right) -> right.compareTo(left);
        TreeSet<String> sorted = new TreeSet<>(comparator);
        sorted.add("a");
        Bag original = new Bag(new Plain(names), Optional.of(names), DateTimeFormatter.ISO_DATE, sorted);

        Object[] copy = copy(original).contents;
        names.add("b");

        assertThat(copy[0]).isEqualTo(new Plain(List.of("a")));
        assertThat(copy[1]).isEqualTo(Optional.of(List.of("a")));
        assertThat(((Plain) copy[0]).names()).isSameAs(((Optional<?>) copy[1]).get());
        assertThat(copy[2]).isSameAs(DateTimeFormatter.ISO_DATE);
        assertThat(((TreeSet<?>) copy[3]).comparator()).isSameAs(comparator);
    }

    @Test
    void objectThatIsNotSerializableIsNamedWithItsPath() {
        Person culprit = new Person("Ada");
        culprit.attachment = new Object();
        Map<String, Object> map = new HashMap<>();
        map.put("secret", Arrays.asList("x", new Plain(List.of()), culprit));
        Bag original = new Bag(map);

        assertThatThrownBy(() -> copy(original))
                .isInstanceOf(CopyException.class)
                .hasMessage("cannot copy java.lang.Object (at Bag.contents[0]{value}[2].attachment): it is not"
                        + " Serializable; make it Serializable, register a Copier for it, or use store by reference");
    }

    @Test
    void valueThatIsNotSerializableIsNamed() {
        assertThatThrownBy(() -> copy(new Thread()))
                .isInstanceOf(CopyException.class)
                .hasMessageStartingWith("cannot copy java.lang.Thread: it is not Serializable");
    }

    @Test
    void failureInUserCodeIsWrappedWithoutItsMessage() {
        assertThatThrownBy(() -> copy(new Failing()))
                .isInstanceOf(CopyException.class)
                .hasMessageStartingWith("cannot copy " + Failing.class.getName())
                .hasMessageNotContaining("secret")
                .hasRootCauseMessage("secret");
    }

    @Test
    void usersFilterCanRefuseAClass() {
        ObjectInputFilter noPersons =
                ObjectInputFilter.rejectFilter(type -> type == Person.class, ObjectInputFilter.Status.UNDECIDED);
        ValueCopier copier = ValueCopier.builder(getClass().getClassLoader())
                .filter(noPersons)
                .build();

        assertThatThrownBy(() -> copier.copy(new Bag(new Person("Ada"))))
                .isInstanceOf(CopyException.class)
                .hasMessage("cannot copy " + Bag.class.getName() + ": the serialisation filter refused class "
                        + Person.class.getName()
                        + "; allow it, register a Copier for it, or use store by reference");
        assertThatCode(() -> copier.copy(new Bag("a"))).doesNotThrowAnyException();
    }

    @Test
    void usersAllowListNeedsToKnowNoneOfOurClasses() {
        ObjectInputFilter onlyBags = ObjectInputFilter.Config.createFilter(Bag.class.getName() + ";java.base/*;!*");
        ValueCopier copier = ValueCopier.builder(getClass().getClassLoader())
                .filter(onlyBags)
                .build();

        Bag copy = (Bag) copier.copy(new Bag("a", Optional.of(1)));

        assertThat(copy.contents).containsExactly("a", Optional.of(1));
    }

    @Test
    void usersFilterCanSetLimits() {
        ValueCopier copier = ValueCopier.builder(getClass().getClassLoader())
                .filter(ObjectInputFilter.Config.createFilter("maxarray=2"))
                .build();

        assertThatThrownBy(() -> copier.copy(new Bag(1, 2, 3)))
                .isInstanceOf(CopyException.class)
                .hasMessageContaining("filter refused");
    }

    @Test
    void outsizedValueIsRefusedWhileItIsWritten() {
        SerialCopy.Bytes bytes = new SerialCopy.Bytes(Person.class, 10);
        bytes.write(new byte[8], 0, 8);

        assertThatThrownBy(() -> bytes.write(new byte[3], 0, 3))
                .isInstanceOf(CopyException.class)
                .hasMessageContaining("refused more than 10 bytes");
    }

    interface Greeter {
        String greet();
    }

    record Answer(String text) implements InvocationHandler, Serializable {
        @Override
        public Object invoke(Object proxy, Method method, Object[] arguments) {
            return text;
        }
    }

    record Plain(List<String> names) {}

    static class Person implements Serializable {
        private String name;
        private final List<Person> friends = new ArrayList<>();
        private final transient Object scratch = new Object();

        @SuppressWarnings("UnusedVariable") // read by serialisation
        private Object attachment;

        Person(String name) {
            this.name = name;
        }
    }

    static final class Bag implements Serializable {
        private final Object[] contents;

        Bag(Object... contents) {
            this.contents = contents;
        }
    }

    static final class Single implements Serializable {
        static final Single INSTANCE = new Single();

        private Object readResolve() {
            return INSTANCE;
        }
    }

    static final class Failing implements Serializable {
        private Object writeReplace() throws ObjectStreamException {
            throw new IllegalStateException("secret");
        }
    }

    public static final class External implements Externalizable {
        private String text;

        public External() {}

        External(String text) {
            this.text = text;
        }

        @Override
        public void writeExternal(ObjectOutput output) throws java.io.IOException {
            output.writeUTF(text);
        }

        @Override
        public void readExternal(ObjectInput input) throws java.io.IOException {
            text = input.readUTF();
        }
    }
}
