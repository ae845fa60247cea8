using MuseumXtd.Server.OData.Requests;

namespace MuseumXtd.Server.Tests.OData;

/// <summary>States that nobody pages through any more are let go.</summary>
public sealed class SnapshotShelfTests(ODataFixture server) : IClassFixture<ODataFixture>
{
    [Fact]
    public void A_state_goes_when_its_time_is_over_though_nobody_asks()
    {
        var clock = new Clock();
        using var shelf = new SnapshotShelf(clock, TimeSpan.FromMinutes(10), 8);
        var state = server.Server.Dataset.Current;
        shelf.Keep(state);
        clock.Advance(TimeSpan.FromMinutes(6));
        shelf.Keep(state);
        clock.Advance(TimeSpan.FromMinutes(6));
        Assert.Equal(1, shelf.Count);
        clock.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal(0, shelf.Count);
        shelf.Keep(state);
        clock.Advance(TimeSpan.FromMinutes(11));
        Assert.Equal(0, shelf.Count);
    }

    /// <summary>A clock that is moved by hand, with one timer.</summary>
    private sealed class Clock : TimeProvider
    {
        private readonly List<Alarm> _alarms = [];

        public TimeSpan Now { get; private set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Now.Ticks;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var alarm = new Alarm(this, () => callback(state));
            alarm.Change(dueTime, period);
            _alarms.Add(alarm);
            return alarm;
        }

        public void Advance(TimeSpan time)
        {
            Now += time;
            foreach (var alarm in _alarms)
            {
                alarm.Ring();
            }
        }

        private sealed class Alarm(Clock clock, Action ring) : ITimer
        {
            private TimeSpan? _due;

            public bool Change(TimeSpan dueTime, TimeSpan period)
            {
                _due = dueTime == Timeout.InfiniteTimeSpan ? null : clock.Now + dueTime;
                return true;
            }

            public void Ring()
            {
                if (_due <= clock.Now)
                {
                    _due = null;
                    ring();
                }
            }

            public void Dispose() => _due = null;

            public ValueTask DisposeAsync()
            {
                Dispose();
                return ValueTask.CompletedTask;
            }
        }
    }
}
