package dev.larder.copy;

import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.HashMap;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Makes graphs of beans and containers that point at each other at random: in circles, too. */
@SuppressWarnings({"unused", "JavaUtilDate", "JdkObsolete"
}) // fields that are copied and compared; users keep such values
final class RandomBeans {

    private static final int MOST_NODES = 20;

    private final Random random;
    private final boolean withHooks;
    private final List<Object> nodes = new ArrayList<>();

    RandomBeans(long seed, boolean withHooks) {
        this.random = new Random(seed);
        this.withHooks = withHooks;
    }

    Object graph() {
        for (int i = 1 + random.nextInt(MOST_NODES); i > 0; i--) {
            nodes.add(node());
        }
        nodes.forEach(this::connect);
        return nodes.get(0);
    }

    private Object node() {
        List<Supplier<Object>> kinds = new ArrayList<>(List.of(
                Plain::new,
                Child::new,
                Derived::new,
                ArrayList::new,
                LinkedList::new,
                ArrayDeque::new,
                HashMap::new,
                TreeMap::new,
                () -> new Object[random.nextInt(4)]));
        if (withHooks) {
            kinds.add(Hooked::new);
            kinds.add(() -> new Fixed(new ArrayList<>(List.of("fixed"))));
        }
        return pick(kinds);
    }

    @SuppressWarnings("unchecked") // made above
    private void connect(Object node) {
        if (node instanceof Plain plain) {
            fill(plain);
        } else if (node instanceof Derived derived) {
            derived.own = any();
            derived.inherited = any();
        } else if (node instanceof Hooked hooked) {
            hooked.content = any();
        } else if (node instanceof Collection<?> collection) {
            addSome((Collection<Object>) collection);
        } else if (node instanceof Map<?, ?> map) {
            ((Map<Object, Object>) map).put("a", any());
            ((Map<Object, Object>) map).put("b", any());
        } else if (node instanceof Object[] array) {
            for (int i = 0; i < array.length; i++) {
                array[i] = any();
            }
        }
    }

    private void fill(Plain plain) {
        plain.flag = random.nextBoolean();
        plain.number = random.nextInt();
        plain.many = random.nextLong();
        plain.exact = random.nextDouble();
        plain.text = "text " + random.nextInt(10);
        plain.boxed = random.nextInt();
        plain.amount = BigDecimal.valueOf(random.nextInt(), 2);
        plain.unit = random.nextBoolean() ? TimeUnit.DAYS : TimeUnit.HOURS;
        plain.date = new Date(random.nextInt());
        plain.bytes = new byte[] {(byte) random.nextInt()};
        plain.scratch = any();
        plain.left = any();
        plain.right = any();
        plain.list = first(ArrayList.class);
        plain.other = first(Plain.class);
        if (plain instanceof Child child) {
            child.left = any();
            child.number = random.nextInt();
        }
    }

    private void addSome(Collection<Object> collection) {
        for (int i = random.nextInt(4); i > 0; i--) {
            collection.add(some());
        }
    }

    /** Returns a node, something small, or null. */
    private Object any() {
        return random.nextInt(5) == 0 ? null : some();
    }

    private Object some() {
        return random.nextInt(4) == 0
                ? pick(List.of(() -> "leaf", random::nextInt, () -> new Date(random.nextInt()), () -> TimeUnit.DAYS))
                : nodes.get(random.nextInt(nodes.size()));
    }

    /** Returns a node of the type, or null. */
    private <T> T first(Class<T> type) {
        return nodes.stream()
                .skip(random.nextInt(nodes.size()))
                .filter(type::isInstance)
                .map(type::cast)
                .findFirst()
                .orElse(null);
    }

    private Object pick(List<Supplier<Object>> kinds) {
        return kinds.get(random.nextInt(kinds.size())).get();
    }

    static class Plain implements Serializable {
        boolean flag;
        int number;
        long many;
        double exact;
        String text;
        Integer boxed;
        BigDecimal amount;
        TimeUnit unit;
        Date date;
        byte[] bytes;
        transient Object scratch;
        Object left;
        Object right;
        List<?> list;
        Plain other;
    }

    @SuppressWarnings("HidingField") // what is tested
    static final class Child extends Plain {
        private int number;
        private Object left;
    }

    static class Base {
        Object inherited = "as constructed";
    }

    static final class Derived extends Base implements Serializable {
        private Object own;
    }

    /** What only serialisation can copy. */
    static final class Hooked implements Serializable {
        private transient Object content;

        private void writeObject(ObjectOutputStream output) throws IOException {
            output.writeObject(content);
        }

        private void readObject(ObjectInputStream input) throws IOException, ClassNotFoundException {
            content = input.readObject();
        }
    }

    /** What only serialisation can copy. */
    static final class Fixed implements Serializable {
        private final List<String> names;

        Fixed(List<String> names) {
            this.names = names;
        }
    }
}
