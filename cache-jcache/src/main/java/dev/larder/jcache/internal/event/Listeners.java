package dev.larder.jcache.internal.event;

import dev.larder.store.News;
import java.util.ArrayList;
import java.util.List;

/** The listeners of a cache at one time. They do not change: who comes or goes makes others. */
final class Listeners<K, V> {

    private final List<Registration<K, V>> synchronous;
    private final List<AsynchronousListener<K, V>> asynchronous;
    private final boolean isEmpty;
    private final boolean wantOld;

    /** An asynchronous listener and the way events take to it. */
    record AsynchronousListener<K, V>(Registration<K, V> registration, AsynchronousDelivery<K, V> delivery) {}

    private Listeners(List<Registration<K, V>> synchronous, List<AsynchronousListener<K, V>> asynchronous) {
        this.synchronous = List.copyOf(synchronous);
        this.asynchronous = List.copyOf(asynchronous);
        isEmpty = synchronous.isEmpty() && asynchronous.isEmpty();
        wantOld = anyWantsOld(registrations());
    }

    private static boolean anyWantsOld(List<? extends Registration<?, ?>> registrations) {
        for (Registration<?, ?> each : registrations) {
            if (each.wantsOld()) {
                return true;
            }
        }
        return false;
    }

    /** Returns no listeners. */
    static <K, V> Listeners<K, V> none() {
        return new Listeners<>(List.of(), List.of());
    }

    /** Returns these and a synchronous one. */
    Listeners<K, V> and(Registration<K, V> added) {
        List<Registration<K, V>> more = new ArrayList<>(synchronous);
        more.add(added);
        return new Listeners<>(more, asynchronous);
    }

    /** Returns these and an asynchronous one. */
    Listeners<K, V> and(AsynchronousListener<K, V> added) {
        List<AsynchronousListener<K, V>> more = new ArrayList<>(asynchronous);
        more.add(added);
        return new Listeners<>(synchronous, more);
    }

    /** Returns these but for one. */
    Listeners<K, V> without(Registration<K, V> gone) {
        return new Listeners<>(
                synchronous.stream().filter(each -> each != gone).toList(),
                asynchronous.stream()
                        .filter(each -> each.registration() != gone)
                        .toList());
    }

    /** Returns what there is to be heard of changes elsewhere: nothing for synchronous listeners, for which nobody there waits. */
    News.Wish wish() {
        if (asynchronous.isEmpty()) {
            return News.Wish.NONE;
        }
        return anyWantsOld(asynchronous.stream()
                        .map(AsynchronousListener::registration)
                        .toList())
                ? News.Wish.CHANGES_WITH_PREVIOUS
                : News.Wish.CHANGES;
    }

    boolean isEmpty() {
        return isEmpty;
    }

    /** Whether any of them wants to know the old value. */
    boolean wantOld() {
        return wantOld;
    }

    List<Registration<K, V>> synchronous() {
        return synchronous;
    }

    List<AsynchronousListener<K, V>> asynchronous() {
        return asynchronous;
    }

    List<Registration<K, V>> registrations() {
        List<Registration<K, V>> all = new ArrayList<>(synchronous);
        for (AsynchronousListener<K, V> each : asynchronous) {
            all.add(each.registration());
        }
        return all;
    }
}
