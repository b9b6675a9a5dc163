from pathlib import Path

from django.db import migrations

SQL = (Path(__file__).parents[1] / "sql" / "guards.sql").read_text()
UNDO = "".join(f"DROP FUNCTION {name};" for name in (
    "refuse_change()", "refuse_writing_by_hand()", "thai_key(text)", "thai_sound(text)", "fresh_statistics(text[])"))


class Migration(migrations.Migration):
    dependencies = []
    operations = [migrations.RunSQL([(SQL, None)], [(UNDO, None)])]
