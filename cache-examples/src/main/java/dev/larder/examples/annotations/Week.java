package dev.larder.examples.annotations;

/** What all examples do with forecasts. */
final class Week {

    private Week() {}

    /** Asks twice, measures, and asks again. */
    static void spendWith(Forecasts forecasts) {
        System.out.println("Oslo: " + forecasts.of("Oslo"));
        System.out.println("Oslo again: " + forecasts.of("Oslo"));
        forecasts.measure("Oslo", 7);
        System.out.println("Oslo after a measurement: " + forecasts.of("Oslo"));
    }
}
