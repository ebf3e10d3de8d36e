package dev.larder.copy;

import static dev.larder.copy.Copying.copy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ObjectInputFilter;
import java.io.Serializable;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

@SuppressWarnings("JavaUtilDate") // users keep such values
class BeanCopyTest {

    private final ValueCopier.Builder builder = ValueCopier.builder(getClass().getClassLoader());

    @Test
    void fieldsOfEveryTypeAreCopied() {
        Everything original = new Everything();
        original.fill();

        assertThat(copy(original))
                .isNotSameAs(original)
                .usingRecursiveComparison()
                .isEqualTo(original);
    }

    @Test
    void nullFieldsStayNull() {
        assertThat(copy(new Everything())).usingRecursiveComparison().isEqualTo(new Everything());
    }

    @Test
    void whatIsMutableIsCopiedAndWhatIsNotIsShared() {
        Everything original = new Everything();
        original.fill();

        Everything copy = copy(original);

        assertThat(copy.list).isNotSameAs(original.list);
        assertThat(copy.map.get("list")).isNotSameAs(original.map.get("list"));
        assertThat(copy.array).isNotSameAs(original.array);
        assertThat(copy.date).isNotSameAs(original.date);
        assertThat(copy.amount).isSameAs(original.amount);
        assertThat(copy.text).isSameAs(original.text);
    }

    @Test
    void transientFieldsAreReset() {
        Session copy = copy(new Session());

        assertThat(copy.user).isEqualTo("ada");
        assertThat(copy.password).isNull();
        assertThat(copy.attempts).isZero();
        assertThat(copy.lock).isNull();
    }

    @Test
    void noConstructorOfTheClassRuns() {
        Counted original = new Counted("a");
        int before = Counted.made;

        Counted copy = copy(original);

        assertThat(copy.name).isEqualTo("a");
        assertThat(Counted.made).isEqualTo(before);
    }

    @Test
    void fieldsOfSuperclassesAreCopiedAlsoOnesOfTheSameName() {
        Child original = new Child();
        original.setNames("mine", "inherited");

        Child copy = copy(original);

        assertThat(copy.name).isEqualTo("mine");
        assertThat(((Parent) copy).name).isEqualTo("inherited");
    }

    @Test
    void superclassThatIsNotSerializableIsMadeByItsConstructor() {
        Derived original = new Derived();
        original.state = "changed";
        original.own = "kept";

        Derived copy = copy(original);

        assertThat(copy.own).isEqualTo("kept");
        assertThat(copy.state).isEqualTo("constructed");
    }

    @Test
    void constructorThatFailsIsAnErrorWithoutItsMessage() {
        Moody.failing = false;
        MoodyChild original = new MoodyChild();
        Moody.failing = true;

        assertThatThrownBy(() -> copy(original))
                .isInstanceOf(CopyException.class)
                .hasMessageStartingWith("cannot copy " + MoodyChild.class.getName())
                .hasMessageNotContaining("secret")
                .hasRootCauseMessage("secret");
    }

    @Test
    void listInTwoFieldsStaysOneList() {
        Pair original = new Pair();
        original.left = new ArrayList<>(List.of("a"));
        original.right = original.left;

        Pair copy = copy(original);

        assertThat(copy.left).isSameAs(copy.right).isNotSameAs(original.left).isEqualTo(List.of("a"));
    }

    @Test
    void equalListsInTwoFieldsStayTwoLists() {
        Pair original = new Pair();
        original.left = new ArrayList<>(List.of("a"));
        original.right = new ArrayList<>(List.of("a"));

        Pair copy = copy(original);

        assertThat(copy.left).isNotSameAs(copy.right);
    }

    @Test
    void partsThatAreManyStayTheSameEach() {
        List<Object> dates = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            dates.add(new Date(i));
        }
        Pair original = new Pair();
        original.left = new ArrayList<>(dates);
        original.right = new ArrayList<>(dates);

        Pair copy = copy(original);

        for (int i = 0; i < dates.size(); i++) {
            assertThat(((List<?>) copy.left).get(i))
                    .isSameAs(((List<?>) copy.right).get(i))
                    .isEqualTo(dates.get(i));
        }
    }

    @Test
    void beanThatContainsItselfIsCopied() {
        Pair original = new Pair();
        original.left = original;
        original.right = new ArrayList<>(List.of(original));

        Pair copy = copy(original);

        assertThat(copy).isNotSameAs(original);
        assertThat(copy.left).isSameAs(copy);
        assertThat(((List<?>) copy.right).get(0)).isSameAs(copy);
    }

    @Test
    void beanThatContainsItselfBehindARecordIsCopied() {
        Pair original = new Pair();
        original.left = new Holder(original);

        Pair copy = copy(original);

        assertThat(((Holder) copy.left).pair()).isSameAs(copy);
    }

    @Test
    void recordThatContainsItselfBehindABeanIsOneRecord() {
        Pair pair = new Pair();
        Holder original = new Holder(pair);
        pair.left = original;

        Holder copy = copy(original);

        assertThat(copy.pair()).isNotSameAs(pair);
        assertThat(copy.pair().left).isSameAs(copy);
    }

    @Test
    void chainThatIsTooLongForCopyingPieceByPieceIsSerialised() throws InterruptedException {
        Pair original = new Pair();
        for (int i = 0; i < 2 * GraphCopy.MAX_DEPTH; i++) {
            Pair next = new Pair();
            next.left = original;
            original = next;
        }
        Pair chain = original;
        AtomicReference<Pair> copied = new AtomicReference<>();
        Thread thread = new Thread(null, () -> copied.set(copy(chain)), "with a large stack", 256L << 20);
        thread.start();
        thread.join();

        Pair copy = copied.get();
        for (; original != null; original = (Pair) original.left, copy = (Pair) copy.left) {
            assertThat(copy).isNotNull().isNotSameAs(original);
        }
    }

    @Test
    void valueWithAPartThatOnlySerialisationCopiesKeepsItsShape() {
        Pair original = new Pair();
        original.left = new ArrayList<>(List.of(new StringBuilder("a")));
        original.right = original.left;

        Pair copy = copy(original);

        assertThat(copy.left).isSameAs(copy.right).isNotSameAs(original.left);
        assertThat(((List<?>) copy.left).get(0)).hasToString("a");
    }

    @Test
    void partThatIsNotSerializableIsNamedWithItsPath() {
        Pair original = new Pair();
        original.left = new ArrayList<>(List.of(new Object()));

        assertThatThrownBy(() -> copy(original))
                .isInstanceOf(CopyException.class)
                .hasMessageContaining("cannot copy java.lang.Object (at Pair.left[0]): it is not Serializable");
    }

    @Test
    void usersCopierServesTheBeanAndItsParts() {
        ValueCopier copier = builder.copier(LocalDate.class, date -> date.plusDays(1))
                .copier(Derived.class, derived -> new Derived())
                .build();
        Everything original = new Everything();
        original.day = LocalDate.EPOCH;
        Derived derived = new Derived();
        derived.own = "lost";

        assertThat(((Everything) copier.copy(original)).day).isEqualTo(LocalDate.EPOCH.plusDays(1));
        assertThat(((Derived) copier.copy(derived)).own).isNull();
    }

    @Test
    void usersCopierMayDeclareTheTypeOfAFieldImmutable() {
        ValueCopier copier = builder.copier(Date.class, Copier.identity()).build();
        Everything original = new Everything();
        original.date = new Date(1);

        assertThat(((Everything) copier.copy(original)).date).isSameAs(original.date);
    }

    @Test
    void usersCopierThatMakesWhatAFieldCannotHoldIsAnError() {
        ValueCopier copier = builder.copier(Base.class, base -> new Derived()).build();
        Wrapped original = new Wrapped();
        original.base = new OtherDerived();

        assertThatThrownBy(() -> copier.copy(original))
                .isInstanceOf(CopyException.class)
                .hasMessageStartingWith("cannot copy " + Wrapped.class.getName());
    }

    @Test
    void usersFilterSeesBeans() {
        ObjectInputFilter noPairs =
                ObjectInputFilter.rejectFilter(type -> type == Pair.class, ObjectInputFilter.Status.UNDECIDED);
        ValueCopier copier = builder.filter(noPairs).build();

        assertThatThrownBy(() -> copier.copy(new Pair()))
                .isInstanceOf(CopyException.class)
                .hasMessageContaining("the serialisation filter refused class " + Pair.class.getName());
        assertThat(copier.copy(new Session())).isNotNull();
    }

    static final class Everything implements Serializable {
        boolean flag;
        byte octet;
        char letter;
        short few;
        int number;
        long many;
        float ratio;
        double exact;
        String text;
        BigDecimal amount;
        LocalDate day;
        Date date;
        TimeUnit unit;
        List<String> list;
        Map<String, Object> map;
        int[] array;
        Object any;

        void fill() {
            flag = true;
            octet = 1;
            letter = 'c';
            short two = 2;
            few = two;
            number = 3;
            many = 1L << 40;
            ratio = 0.5f;
            exact = 0.25;
            text = "text";
            amount = BigDecimal.TEN;
            day = LocalDate.EPOCH;
            date = new Date(1);
            unit = TimeUnit.DAYS;
            list = new ArrayList<>(List.of("a", "b"));
            map = new HashMap<>(Map.of("list", list, "number", 1));
            array = new int[] {1, 2};
            any = new Pair();
        }
    }

    static final class Session implements Serializable {
        private String user = "ada";
        private transient String password = "secret";
        private transient int attempts = 3;

        @SuppressWarnings("UnusedVariable") // what is tested
        private final transient Object lock = new Object();
    }

    static final class Counted implements Serializable {
        private static int made;
        private String name;

        Counted(String name) {
            made++;
            this.name = name;
        }
    }

    static class Parent implements Serializable {
        String name;
    }

    static final class Child extends Parent {
        @SuppressWarnings("HidingField") // what is tested
        private String name;

        void setNames(String mine, String inherited) {
            this.name = mine;
            super.name = inherited;
        }
    }

    static class Base {
        String state = "constructed";
    }

    static final class Derived extends Base implements Serializable {
        private String own;
    }

    static final class OtherDerived extends Base implements Serializable {}

    static final class Wrapped implements Serializable {
        OtherDerived base;
    }

    static class Moody {
        static boolean failing;

        Moody() {
            if (failing) {
                throw new IllegalStateException("secret");
            }
        }
    }

    static final class MoodyChild extends Moody implements Serializable {}

    static final class Pair implements Serializable {
        private Object left;
        private Object right;
    }

    record Holder(Pair pair) {}
}
