package dev.larder.copy;

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

    /** Null until a value comes that must be copied. Whoever finds that makes it; all that are made are the same. */
    private volatile Strategy @Nullable [] table;

    private final ClassValue<Integer> numbers = new ClassValue<>() {
        @Override
        protected Integer computeValue(Class<?> type) {
            return numberOf(choose(type));
        }
    };

    Strategies(HomeLoader home, List<UserCopy> userCopies) {
        this.home = home;
        this.userCopies = List.copyOf(userCopies);
    }

    Strategy of(Class<?> type) {
        int number = numbers.get(type);
        return number == SHARED ? Strategy.SHARE : table()[number];
    }

    /** Tells whether every value that a variable of this type can hold is shared. */
    boolean sharesEvery(Class<?> declared) {
        return (Immutables.holdsOnlyImmutables(declared) || hasSharingCopier(declared))
                && of(declared) == Strategy.SHARE;
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

    private static Strategy chooseByKind(Class<?> type) {
        if (Immutables.isImmutable(type)) {
            return Strategy.SHARE;
        }
        if (type.isArray()) {
            return ArrayCopy.forComponents(type.getComponentType());
        }
        if (type.isRecord()) {
            return RecordCopy.canCopy(type) ? RecordCopy.STRATEGY : Strategy.SERIALIZE;
        }
        Strategy known = JdkTypes.strategyFor(type);
        return known == null ? Strategy.SERIALIZE : known;
    }

    private Strategy[] table() {
        Strategy[] made = table;
        if (made == null) {
            made = tableOf(userCopies);
            table = made;
        }
        return made;
    }

    private static Strategy[] tableOf(List<UserCopy> userCopies) {
        Set<Strategy> strategies = new LinkedHashSet<>(
                List.of(Strategy.SHARE, Strategy.SERIALIZE, ArrayCopy.FLAT, ArrayCopy.DEEP, RecordCopy.STRATEGY));
        strategies.addAll(JdkTypes.all());
        userCopies.forEach(copy -> strategies.add(copy.strategy()));
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
