# Makes values from JSON by the thousand. Script would take many times as long as ConvertFrom-Json does, so this is a
# function of .NET, put together from expressions and compiled when it is first needed.

# Gives a delegate that makes the value of a JsonElement, as ConvertFrom-WireValue does. What has a `$type` other than
# PSObject it leaves to that function.
function New-ObjectReader {
    $E = [System.Linq.Expressions.Expression]
    $type = [System.Func[System.Text.Json.JsonElement, object]]
    $element = $E::Parameter([System.Text.Json.JsonElement], 'element')
    # The delegate itself, for what is inside of arrays and objects; and how many properties the last object had.
    $read = $E::Variable($type, 'read')
    $size = $E::Variable([int], 'size')
    $case = { param([System.Text.Json.JsonValueKind] $kind, $what)
        $E::SwitchCase($E::Convert($what, [object]), [System.Linq.Expressions.Expression[]] @($E::Constant($kind)))
    }
    $cases = [System.Linq.Expressions.SwitchCase[]] @(
        & $case 'String' $E::Call($element, 'GetString', $null)
        & $case 'Number' (New-NumberReader $element)
        & $case 'True' $E::Constant($true)
        & $case 'False' $E::Constant($false)
        & $case 'Null' $E::Constant($null, [object])
        & $case 'Array' (New-ArrayReader $element $read)
    )
    $value = $E::Switch($E::Property($element, 'ValueKind'), (New-PropertyReader $element $read $size), $cases)
    $reader = $E::Lambda($type, $value, [System.Linq.Expressions.ParameterExpression[]] @($element))
    $E::Lambda([System.Func[System.Func[System.Text.Json.JsonElement, object]]],
        (New-Block @($read, $size) @($E::Assign($read, $reader))), [System.Linq.Expressions.ParameterExpression[]] @()).Compile().Invoke()
}

# Gives the expression of a number, as in ConvertFrom-WireNumber.
function New-NumberReader {
    param($Element)

    $E = [System.Linq.Expressions.Expression]
    $whole = $E::Variable([int], 'whole')
    $long = $E::Variable([long], 'long')
    $boxed = { param($what) $E::Convert($what, [object]) }
    $isExact = $E::AndAlso($E::LessThanOrEqual($long, $E::Constant(9007199254740991L)), $E::GreaterThanOrEqual($long, $E::Constant(-9007199254740991L)))
    $isLong = $E::AndAlso($E::Call($Element, 'TryGetInt64', $null, $long), $isExact)
    New-Block @($whole, $long) @($E::Condition($E::Call($Element, 'TryGetInt32', $null, $whole), (& $boxed $whole),
            $E::Condition($isLong, (& $boxed $long), (& $boxed $E::Call($Element, 'GetDouble', $null)))))
}

# Gives the expression of an array.
function New-ArrayReader {
    param($Element, $Read)

    $E = [System.Linq.Expressions.Expression]
    $items = $E::Variable([object[]], 'items')
    $index = $E::Variable([int], 'index')
    $elements = $E::Variable([System.Text.Json.JsonElement+ArrayEnumerator], 'elements')
    $end = $E::Label('end')
    $next = New-Block @() @(
        $E::Assign($E::ArrayAccess($items, $index), (New-ReaderCall $Read $E::Property($elements, 'Current')))
        $E::PreIncrementAssign($index)
    )
    New-Block @($items, $index, $elements) @(
        $E::Assign($items, $E::NewArrayBounds([object], $E::Call($Element, 'GetArrayLength', $null)))
        $E::Assign($index, $E::Constant(0))
        $E::Assign($elements, $E::Call($Element, 'EnumerateArray', $null))
        $E::Loop($E::IfThenElse($E::Call($elements, 'MoveNext', $null), $next, $E::Break($end)), $end)
        $items
    )
}

# Gives the expression of an object. It begins with room for as many properties as the one before it had.
function New-PropertyReader {
    param($Element, $Read, $Size)

    $E = [System.Linq.Expressions.Expression]
    $json = [System.Text.Json.JsonElement]
    $source = $E::Variable($json, 'source')
    $tag = $E::Variable($json, 'tag')
    $typeName = $E::Variable([string], 'typeName')
    $object = $E::Variable([psobject], 'object')
    $count = $E::Variable([int], 'count')
    $properties = $E::Variable([System.Text.Json.JsonElement+ObjectEnumerator], 'properties')
    $property = $E::Variable([System.Text.Json.JsonProperty], 'property')
    $end = $E::Label('end')
    $member = { param([string] $name) $E::Call($Element, 'GetProperty', $null, $E::Constant($name)) }

    # Names are known to be good and different: the core has seen to that.
    $note = New-ConstructorCall ([psnoteproperty]) @([string], [object]) @($E::Property($property, 'Name'), (New-ReaderCall $Read $E::Property($property, 'Value')))
    $next = New-Block @() @(
        $E::Assign($property, $E::Property($properties, 'Current'))
        $E::Call($E::Property($object, 'Properties'), 'Add', $null, $E::Convert($note, [System.Management.Automation.PSPropertyInfo]), $E::Constant($true))
        $E::PreIncrementAssign($count)
    )
    $unwrap = New-Block @() @(
        $E::Assign($source, (& $member 'properties'))
        $E::Assign($typeName, $E::Call((& $member '$typeName'), 'GetString', $null))
        $E::IfThen($E::NotEqual($typeName, $E::Constant('')),
            $E::Call($E::Property($object, 'TypeNames'), 'Insert', $null, $E::Constant(0), $typeName))
    )
    $isTagged = $E::Call($Element, 'TryGetProperty', $null, $E::Constant('$type'), $tag)
    $isPSObject = $E::Variable([bool], 'isPSObject')
    $isNamedSo = $E::AndAlso($E::Equal($E::Property($tag, 'ValueKind'), $E::Constant([System.Text.Json.JsonValueKind]::String)),
        $E::Call($tag, 'ValueEquals', $null, $E::Constant('PSObject')))
    $made = New-Block @() @(
        $E::Assign($object, (New-ConstructorCall ([psobject]) @([int]) @($Size)))
        $E::Assign($source, $Element)
        $E::IfThen($isPSObject, $unwrap)
        $E::Assign($count, $E::Constant(0))
        $E::Assign($properties, $E::Call($source, 'EnumerateObject', $null))
        $E::Loop($E::IfThenElse($E::Call($properties, 'MoveNext', $null), $next, $E::Break($end)), $end)
        $E::Assign($Size, $count)
        $E::Convert($object, [object])
    )
    $byScript = New-ReaderCall $E::Constant([System.Func[System.Text.Json.JsonElement, object]] { param($other) , (ConvertFrom-WireValue $other) }) $Element
    $isOther = $E::AndAlso($isTagged, $E::Not($E::Assign($isPSObject, $isNamedSo)))
    New-Block @($source, $tag, $isPSObject, $typeName, $object, $count, $properties, $property) @(
        $E::Assign($isPSObject, $E::Constant($false))
        $E::Condition($isOther, $byScript, $made)
    )
}

function New-ReaderCall {
    param($Read, $Element)

    [System.Linq.Expressions.Expression]::Invoke($Read, [System.Linq.Expressions.Expression[]] @($Element))
}

function New-Block {
    param($Variables, $Lines)

    [System.Linq.Expressions.Expression]::Block([System.Linq.Expressions.ParameterExpression[]] $Variables, [System.Linq.Expressions.Expression[]] $Lines)
}

# Expression.New, which PowerShell takes for a constructor of Expression itself.
function New-ConstructorCall {
    param([type] $Type, [type[]] $Types = @(), [System.Linq.Expressions.Expression[]] $Arguments = @())

    $method = [System.Linq.Expressions.Expression].GetMethod('New', [type[]] @([System.Reflection.ConstructorInfo], [System.Linq.Expressions.Expression[]]))
    $method.Invoke($null, @($Type.GetConstructor($Types), $Arguments))
}
