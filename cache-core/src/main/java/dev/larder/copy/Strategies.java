package dev.larder.copy;

import dev.larder.codec.KeyForm;
import java.io.Serializable;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the strategy for each class once, and remembers it.
 *
 * <p>What a {@link ClassValue} remembers lives as long as the class it is about, and JDK classes live for ever: a
 * strategy or a user's copier kept there would pin its class loader. So only its number in a table is kept there, an
 * {@code Integer}, and the table goes when this object goes.
 */
final class Strategies {

    /** The number of {@link Strategy#SHARE}, which stands for itself: no table is needed where every value is shared. */
    private static final int SHARED = 0;

    private final HomeLoader home;
    private final List<UserCopy> userCopies;
    private final @Nullable KeyFormCopy keyCopy;
    private final boolean copiesBeans;
    private final BeanCopy beanCopy = new BeanCopy(this);
    private final boolean sharesUsual;
    private final SharedClasses shared = new SharedClasses();

    /** Null until a value comes that must be copied. Whoever finds that makes it; all that are made are the same. */
    private volatile Strategy @Nullable [] table;

    private final ClassValue<Integer> numbers = new ClassValue<>() {
        @Override
        protected Integer computeValue(Class<?> type) {
            return numberOf(choose(type));
        }
    };

    /** {@code copiesBeans} is false if all Serializable classes must go through a stream, for a filter to see them. */
    Strategies(HomeLoader home, List<UserCopy> userCopies, @Nullable KeyForm<?> keyForm, boolean copiesBeans) {
        this.home = home;
        this.userCopies = List.copyOf(userCopies);
        this.keyCopy = keyForm == null ? null : new KeyFormCopy(keyForm);
        this.copiesBeans = copiesBeans;
        this.sharesUsual = choose(String.class) == Strategy.SHARE
                && choose(Long.class) == Strategy.SHARE
                && choose(Integer.class) == Strategy.SHARE;
    }

    /** Returns the strategy for a whole value, sooner than {@link #of} if it is to be shared. */
    Strategy ofWhole(Class<?> type) {
        return isUsual(type) || shared.contains(type) ? Strategy.SHARE : lookUpWhole(type);
    }

    /** Returns the strategy for a value or a part of one. */
    Strategy of(Class<?> type) {
        return isUsual(type) ? Strategy.SHARE : lookUp(type);
    }

    private Strategy lookUpWhole(Class<?> type) {
        Strategy strategy = lookUp(type);
        if (strategy == Strategy.SHARE) {
            shared.add(type);
        }
        return strategy;
    }

    private Strategy lookUp(Class<?> type) {
        int number = numbers.get(type);
        return number == SHARED ? Strategy.SHARE : table()[number];
    }

    /** Compares with constants, which costs next to nothing. */
    private boolean isUsual(Class<?> type) {
        return sharesUsual && (type == String.class || type == Long.class || type == Integer.class);
    }

    /** Tells whether every value that a variable of this type can hold is shared. */
    boolean sharesEvery(Class<?> declared) {
        return declared.isPrimitive()
                || ((Immutables.holdsOnlyImmutables(declared) || hasSharingCopier(declared))
                        && of(declared) == Strategy.SHARE);
    }

    private boolean hasSharingCopier(Class<?> declared) {
        return !userCopies.isEmpty()
                && userCopies.stream().allMatch(UserCopy::isSharing)
                && userCopies.stream().anyMatch(copy -> copy.applies(declared));
    }

    private Strategy choose(Class<?> type) {
        for (UserCopy copy : userCopies) {
            if (copy.applies(type)) {
                return copy.strategy();
            }
        }
        return home.isForeign(type) ? Strategy.SERIALIZE : chooseByKind(type);
    }

    private Strategy chooseByKind(Class<?> type) {
        if (Immutables.isImmutable(type)) {
            return Strategy.SHARE;
        }
        if (keyCopy != null && keyCopy.applies(type)) {
            return keyCopy;
        }
        if (type.isArray()) {
            return ArrayCopy.forComponents(type.getComponentType());
        }
        if (type.isRecord() && RecordCopy.canCopy(type)) {
            return RecordCopy.STRATEGY;
        }
        Strategy known = JdkTypes.strategyFor(type);
        return known == null ? chooseForObject(type) : known;
    }

    private Strategy chooseForObject(Class<?> type) {
        if (!copiesBeans || !Serializable.class.isAssignableFrom(type)) {
            return Strategy.SERIALIZE;
        }
        return PlainClasses.objectionTo(type) == null ? beanCopy : SlowCopies.STRATEGY;
    }

    private Strategy[] table() {
        Strategy[] made = table;
        if (made == null) {
            made = newTable();
            table = made;
        }
        return made;
    }

    private Strategy[] newTable() {
        Set<Strategy> strategies = new LinkedHashSet<>(List.of(
                Strategy.SHARE,
                Strategy.SERIALIZE,
                ArrayCopy.FLAT,
                ArrayCopy.DEEP,
                RecordCopy.STRATEGY,
                SlowCopies.STRATEGY,
                beanCopy));
        strategies.addAll(JdkTypes.all());
        userCopies.forEach(copy -> strategies.add(copy.strategy()));
        if (keyCopy != null) {
            strategies.add(keyCopy);
        }
        return strategies.toArray(Strategy[]::new);
    }

    private int numberOf(Strategy strategy) {
        if (strategy == Strategy.SHARE) {
            return SHARED;
        }
        Strategy[] all = table();
        for (int i = 0; i < all.length; i++) {
            if (all[i] == strategy) {
                return i;
            }
        }
        throw new AssertionError("a strategy that is not in the table");
    }
}
